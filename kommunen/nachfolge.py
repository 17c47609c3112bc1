"""No Kommune succeeds itself on the way over others; PostgreSQL sees to it at every write.

One lock for all of them: of two changes at once that together close a circle, the second waits
and is refused.
"""

SQL_KEIN_KREIS = """
CREATE FUNCTION kommune_nachfolge_ohne_kreis() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('kommune_nachfolge'));
  IF EXISTS (
    WITH RECURSIVE kette(id) AS (
      SELECT NEW.nachfolger_id
      UNION
      SELECT k.nachfolger_id FROM kommunen_kommune k JOIN kette ON k.id = kette.id
    )
    SELECT FROM kette WHERE id = NEW.id
  ) THEN
    RAISE EXCEPTION USING
      ERRCODE = 'check_violation',
      CONSTRAINT = 'kommune_nicht_eigener_nachfolger',
      MESSAGE = 'kommune_nicht_eigener_nachfolger: the successors form a circle';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER kommune_nachfolge_ohne_kreis
  AFTER INSERT OR UPDATE OF nachfolger_id ON kommunen_kommune
  FOR EACH ROW WHEN (NEW.nachfolger_id IS NOT NULL)
  EXECUTE FUNCTION kommune_nachfolge_ohne_kreis();
"""
SQL_KEIN_KREIS_ZURUECK = """
DROP TRIGGER kommune_nachfolge_ohne_kreis ON kommunen_kommune;
DROP FUNCTION kommune_nachfolge_ohne_kreis();
"""

"""A record of one or more Kommunen must never be left without any.

A check constraint cannot look into the table of a many-to-many relation, so constraint
triggers do, at the end of the transaction: the record is written before its relations.
"""

from django.db import migrations

SQL_FUNKTION = """
CREATE FUNCTION braucht_kommune() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  haupttabelle text := TG_ARGV[0];
  zwischentabelle text := TG_ARGV[1];
  spalte text := TG_ARGV[2];
  datensatz bigint;
  verwaist boolean;
BEGIN
  IF TG_TABLE_NAME = haupttabelle THEN
    datensatz := (to_jsonb(NEW) ->> 'id')::bigint;
  ELSE
    datensatz := (to_jsonb(OLD) ->> spalte)::bigint;
  END IF;
  EXECUTE format(
    'SELECT EXISTS (SELECT 1 FROM %I WHERE id = $1)
        AND NOT EXISTS (SELECT 1 FROM %I WHERE %I = $1)',
    haupttabelle, zwischentabelle, spalte) INTO verwaist USING datensatz;
  IF verwaist THEN
    RAISE EXCEPTION 'Ein Datensatz in % hat keine Kommune.', haupttabelle
      USING ERRCODE = 'check_violation', CONSTRAINT = haupttabelle || '_braucht_kommune';
  END IF;
  RETURN NULL;
END
$$;
"""
SQL_FUNKTION_ZURUECK = "DROP FUNCTION IF EXISTS braucht_kommune();"


def braucht_kommune(app: str, modell: str) -> migrations.RunSQL:
    """The migration step that guards `modell.kommunen` of `app`."""
    haupt = f"{app}_{modell}"
    zwischen = f"{haupt}_kommunen"
    argumente = f"'{haupt}', '{zwischen}', '{modell}_id'"
    return migrations.RunSQL(
        f"""
        CREATE CONSTRAINT TRIGGER {haupt}_braucht_kommune AFTER INSERT ON {haupt}
          DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
          EXECUTE FUNCTION braucht_kommune({argumente});
        CREATE CONSTRAINT TRIGGER {zwischen}_behaelt_kommune AFTER DELETE OR UPDATE ON {zwischen}
          DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
          EXECUTE FUNCTION braucht_kommune({argumente});
        """,
        f"""
        DROP TRIGGER IF EXISTS {haupt}_braucht_kommune ON {haupt};
        DROP TRIGGER IF EXISTS {zwischen}_behaelt_kommune ON {zwischen};
        """,
    )

"""The chain, and the triggers that let nothing out of it.

An entry is chained at commit, as the last thing: constraint triggers of the transaction that
are still to run may wait for rows (every foreign key of Django does), and whoever waits for a
row while holding the lock of the chain can deadlock with the row's owner. All triggers that
wait for the commit are fixed before the first of them runs, so the first deferred trigger only
touches its row. That queues the second one, which thereby runs after all the others: it
takes the lock, which ends with the transaction, and the entry gets number and hash.

hash = sha256(hash_vorher + fields), in hexadecimal; each field is its text as
"<bytes in UTF-8>:<text>,", NULL is "-,". `pruefung.py` computes the same in Python.
"""

from django.db import migrations

EINTRAG = r"""
CREATE FUNCTION protokoll_neuer_eintrag() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.zeit := clock_timestamp();
  NEW.nummer := NULL;
  NEW.hash_vorher := '';
  NEW.hash := '';
  RETURN NEW;
END
$$;

CREATE FUNCTION protokoll_verkette() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  kopf record;
  feld text;
  inhalt text;
BEGIN
  IF OLD.nummer IS NULL AND NEW IS NOT DISTINCT FROM OLD THEN
    RETURN NEW;
  END IF;
  -- Whatever was asked for: the one change an entry can undergo is its place in the chain.
  IF OLD.nummer IS NOT NULL OR NEW.nummer IS NULL THEN
    RAISE EXCEPTION 'Ein Eintrag im Protokoll kann nicht geändert werden.'
      USING ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME;
  END IF;
  NEW := OLD;
  PERFORM pg_advisory_xact_lock(hashtext('asskomm.protokoll'));
  EXECUTE format(
    'SELECT nummer, hash FROM %s WHERE nummer IS NOT NULL ORDER BY nummer DESC LIMIT 1',
    TG_RELID::regclass) INTO kopf;
  NEW.nummer := coalesce(kopf.nummer, 0) + 1;
  NEW.hash_vorher := coalesce(kopf.hash, repeat('0', 64));
  inhalt := NEW.hash_vorher;
  FOREACH feld IN ARRAY ARRAY[
    NEW.nummer::text,
    NEW.id::text,
    (extract(epoch FROM NEW.zeit) * 1000000)::bigint::text,
    NEW.handlung,
    NEW.gegenstand_art,
    NEW.gegenstand_nummer,
    NEW.durch_id::text,
    NEW.fuer_id::text,
    NEW.angaben::text,
    NEW.grund_pruefwert
  ] LOOP
    inhalt := inhalt || coalesce(octet_length(convert_to(feld, 'UTF8')) || ':' || feld, '-') || ',';
  END LOOP;
  NEW.hash := encode(sha256(convert_to(inhalt, 'UTF8')), 'hex');
  RETURN NEW;
END
$$;

CREATE FUNCTION protokoll_zum_schluss() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    EXECUTE format('UPDATE %s SET nummer = NULL WHERE id = $1 AND nummer IS NULL',
      TG_RELID::regclass) USING NEW.id;
  ELSE
    EXECUTE format('UPDATE %s SET nummer = 1 WHERE id = $1 AND nummer IS NULL',
      TG_RELID::regclass) USING NEW.id;
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION protokoll_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% ist im Protokoll nicht möglich.', TG_OP
    USING ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME;
END
$$;

CREATE TRIGGER protokoll_eintrag_neu BEFORE INSERT ON protokoll_eintrag
  FOR EACH ROW EXECUTE FUNCTION protokoll_neuer_eintrag();
CREATE TRIGGER protokoll_eintrag_verkettet BEFORE UPDATE ON protokoll_eintrag
  FOR EACH ROW EXECUTE FUNCTION protokoll_verkette();
CREATE CONSTRAINT TRIGGER protokoll_eintrag_vorgemerkt AFTER INSERT ON protokoll_eintrag
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION protokoll_zum_schluss();
CREATE CONSTRAINT TRIGGER protokoll_eintrag_zum_schluss AFTER UPDATE ON protokoll_eintrag
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.nummer IS NULL)
  EXECUTE FUNCTION protokoll_zum_schluss();
CREATE TRIGGER protokoll_eintrag_bleibt BEFORE DELETE OR TRUNCATE ON protokoll_eintrag
  FOR EACH STATEMENT EXECUTE FUNCTION protokoll_bleibt();
"""
EINTRAG_ZURUECK = """
DROP TRIGGER protokoll_eintrag_bleibt ON protokoll_eintrag;
DROP TRIGGER protokoll_eintrag_zum_schluss ON protokoll_eintrag;
DROP TRIGGER protokoll_eintrag_vorgemerkt ON protokoll_eintrag;
DROP TRIGGER protokoll_eintrag_verkettet ON protokoll_eintrag;
DROP TRIGGER protokoll_eintrag_neu ON protokoll_eintrag;
DROP FUNCTION protokoll_zum_schluss();
DROP FUNCTION protokoll_verkette();
DROP FUNCTION protokoll_neuer_eintrag();
DROP FUNCTION protokoll_bleibt();
"""

GRUND = r"""
CREATE FUNCTION protokoll_neuer_grund() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM protokoll_eintrag
    WHERE id = NEW.eintrag_id AND nummer IS NULL
      AND grund_pruefwert = encode(sha256(convert_to(NEW.salz || NEW.text, 'UTF8')), 'hex');
  IF NOT FOUND THEN
    RAISE EXCEPTION 'Die Begründung gehört nicht zu diesem Eintrag.'
      USING ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION protokoll_grund_geloescht() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM protokoll_eintrag
    WHERE handlung = 'protokoll.grund_geloescht' AND gegenstand_art = 'protokoll.eintrag'
      AND gegenstand_nummer = OLD.eintrag_id::text;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'Eine Begründung wird nur zusammen mit einem Eintrag darüber gelöscht.'
      USING ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN OLD;
END
$$;

CREATE TRIGGER protokoll_grund_neu BEFORE INSERT ON protokoll_grund
  FOR EACH ROW EXECUTE FUNCTION protokoll_neuer_grund();
CREATE TRIGGER protokoll_grund_geloescht BEFORE DELETE ON protokoll_grund
  FOR EACH ROW EXECUTE FUNCTION protokoll_grund_geloescht();
CREATE TRIGGER protokoll_grund_bleibt BEFORE UPDATE OR TRUNCATE ON protokoll_grund
  FOR EACH STATEMENT EXECUTE FUNCTION protokoll_bleibt();
"""
GRUND_ZURUECK = """
DROP TRIGGER protokoll_grund_bleibt ON protokoll_grund;
DROP TRIGGER protokoll_grund_geloescht ON protokoll_grund;
DROP TRIGGER protokoll_grund_neu ON protokoll_grund;
DROP FUNCTION protokoll_grund_geloescht();
DROP FUNCTION protokoll_neuer_grund();
"""


class Migration(migrations.Migration):
    dependencies = [("protokoll", "0001_eintrag_und_grund")]

    operations = [
        migrations.RunSQL(EINTRAG, EINTRAG_ZURUECK),
        migrations.RunSQL(GRUND, GRUND_ZURUECK),
    ]

import { setting } from './policies.ts';

/** For a place inside a text in quotes. */
const quoted = (sql: string): string => sql.replaceAll("'", "''");

/**
 * Finds the best matches of a search and scores them, the higher the better: record number, whole name, beginning of the
 * name or part of the phone number, beginnings of words, parts of words, and then misspellings by likeness.
 *
 * LIKE and trigram operators are not leakproof: behind row-level security they would lose their index. So this looks
 * past the policies, narrows to the clinic and to the caller's own patients by itself, and hands out ids alone; the
 * query that joins them is held to the policies once more.
 *
 * @param care  what else makes a row of care count, as a condition on `c`: in the filter by a doctor, and for a doctor's own
 */
export const findPatients = (
  care: { ofDoctor: string; own: string } = { ofDoctor: '', own: '' },
): string => `create or replace function directory.find_patients(
    words text[], record text, digits text, is_archived boolean, of_doctor uuid, at_most integer)
  returns table (patient_id uuid, score integer)
  language plpgsql stable security definer rows 200
  set search_path = public, pg_temp
  set pg_trgm.word_similarity_threshold = 0.45
  as $$
  declare
    here uuid := ${setting('clinic_id')};
    whole text := array_to_string(words, ' ');
    scope text;
    ways text[] := '{}';
    each text;
    pattern text;
    parts text[] := '{}';
    begins text[] := '{}';
    alike text[] := '{}';
    likeness text[] := '{}';
    can_misspell boolean := false;
    found_count integer;
  begin
    if here is null then return; end if;
    scope := format('clinic_id = %L and archived_at is %s null', here, case when is_archived then 'not' else '' end);
    if of_doctor is not null then
      scope := scope || format(' and id in (select c.patient_id from care c where c.clinic_id = %L and c.doctor_id = %L${quoted(care.ofDoctor)})',
        here, of_doctor);
    end if;
    case current_setting('app.role', true)
      when 'DOCTOR' then
        scope := scope || format(' and id in (select c.patient_id from care c where c.clinic_id = %L and c.doctor_id = %L${quoted(care.own)})',
          here, ${setting('doctor_id')});
      when 'PATIENT' then
        scope := scope || format(' and id = %L', ${setting('patient_id')});
      else null;
    end case;
    foreach each in array words loop
      pattern := replace(replace(replace(each, '\\', '\\\\'), '%', '\\%'), '_', '\\_');
      begins := begins || format('('' '' || name_folded) like %L', '% ' || pattern || '%');
      if length(each) < 3 and each ~ '^[[:alnum:]]+$' then
        -- Two letters have no trigram inside a word, but one at its beginning.
        parts := parts || format('(name_folded like %L or name_folded like %L)', pattern || '%', '% ' || pattern || '%');
        alike := alike || parts[cardinality(parts)];
      else
        parts := parts || format('name_folded like %L', '%' || pattern || '%');
        if length(each) >= 4 and each ~ '^[[:alpha:]]+$' then
          can_misspell := true;
          alike := alike || format('(%L <%% name_folded or %s)', each, parts[cardinality(parts)]);
        else
          alike := alike || parts[cardinality(parts)];
        end if;
      end if;
      likeness := likeness || format('word_similarity(%L, name_folded)', each);
    end loop;
    pattern := replace(replace(replace(whole, '\\', '\\\\'), '%', '\\%'), '_', '\\_');
    if cardinality(words) > 0 then
      ways := ways || format($sql$ select id, 1000 * case when name_folded = %L then 8 when name_folded like %L then 7
          when %s then 6 else 5 end + greatest(0, 999 - length(name_folded)) as score
        from patient where %s and %s $sql$, whole, pattern || '%', array_to_string(begins, ' and '), scope,
        array_to_string(parts, ' and '));
    end if;
    if record is not null then
      ways := ways || format(' select id, 9000 as score from patient where %s and record_number = %L ', scope, record);
    end if;
    if digits is not null then
      ways := ways || format(' select id, 7000 as score from patient where %s and phone like %L ', scope, '%' || digits || '%');
    end if;
    if cardinality(ways) = 0 then return; end if;
    return query execute format('select id, max(score) from (%s) ways group by id order by 2 desc, id desc limit %s',
      array_to_string(ways, ' union all '), at_most);
    get diagnostics found_count = row_count;
    if found_count >= at_most or not can_misspell then return; end if;
    return query execute format($sql$ select id, (1000 + round(999 * (%s) / %s))::integer from patient
      where %s and %s and not (%s) order by 2 desc, id desc limit %s $sql$,
      array_to_string(likeness, ' + '), cardinality(words), scope, array_to_string(alike, ' and '),
      array_to_string(parts, ' and '), at_most - found_count);
  end $$`;

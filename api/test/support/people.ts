import { foldName, recordNumber } from '../../src/features/patients/patient.domain.ts';
import { patientId } from '../../src/features/patients/patient.service.ts';
import { query } from './database.ts';
import { dice } from './dice.ts';

export interface Person {
  id: string;
  recordNumber: string;
  name: string;
  nameFolded: string;
  phone: string;
}

const firstNames =
  'Maria José Ana Juan Christopher Michelle Mark Angelica Jennifer Rommel Kristine Søren Núria Đặng Ramesh Priya Fatima Ahmed Grace Joy Carlo Liza Roberto Consuelo Esperanza Bernadette Immaculada Jhon Reynaldo Salvador Teresita Wilfredo Yolanda Zenaida Ángel Íñigo Ömer Zoë'.split(
    ' ',
  );
const beginnings =
  'San Del Cruz Rey Bau Gon Mar Ra Gar Men Oca Tor Vil Cas Per Sal Agui Dela Fer Lo Pas Ro Ba Ca Du Es Fa Gu He Ib Ja Ko La Ma Na Ol Pa Qui Ri Su'.split(
    ' ',
  );
const ends =
  'tos gado es tista zales iano mos cia doza mpo res lla tillo ez vador lar cruz nandez pez cual xas ñez dón güe ía'.split(
    ' ',
  );

/** Names as a region has them: a few very common, many rare, some with accents. */
export function people(count: number, seed = 1): Person[] {
  const roll = dice(seed);
  const at = new Date('2026-01-01T00:00:00Z');
  // The lower of two rolls: the first of a list come often, the last seldom.
  const pick = (list: readonly string[]) => list[Math.min(roll(list.length), roll(list.length))] ?? '';
  return Array.from({ length: count }, (_, index) => {
    const first = roll(4) === 0 ? `${pick(firstNames)} ${pick(firstNames)}` : pick(firstNames);
    const last = `${pick(beginnings)}${pick(ends)}${roll(3) === 0 ? pick(ends) : ''}`;
    const name = `${first} ${last}`;
    return {
      id: patientId.make(new Date(at.getTime() + index)),
      recordNumber: recordNumber(index + 1),
      name,
      nameFolded: foldName(name),
      phone: `+639${String(100_000_000 + ((index * 48_271 + seed * 7_919) % 899_999_999))}`,
    };
  });
}

/** Writes them into a clinic, past the API: what is measured is the search. */
export async function fillWithPeople(adminUrl: string, clinicId: string, persons: readonly Person[]): Promise<void> {
  for (let start = 0; start < persons.length; start += 10_000) {
    const batch = persons.slice(start, start + 10_000);
    await query(
      adminUrl,
      `insert into patient (id, clinic_id, record_number, first_name, name_folded, birth_date, birth_date_estimated, sex, phone,
         email_consent, sms_consent, marketing_consent, preferences_updated_at, created_at, updated_at, version)
       select id, $1, number, name, folded, date '1950-01-01' + (row_number() over ())::int % 25000, false, 'UNKNOWN', phone,
         false, false, false, now(), now(), now(), 1
       from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[]) as made(id, number, name, folded, phone)`,
      [
        clinicId,
        batch.map((person) => person.id),
        batch.map((person) => person.recordNumber),
        batch.map((person) => person.name),
        batch.map((person) => person.nameFolded),
        batch.map((person) => person.phone),
      ],
    );
  }
}

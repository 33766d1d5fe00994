import type { Sex, UpdatePatientInput } from '../../gql/graphql.ts';

/** What a record's form shows, as texts; lists of allergies are one line each. */
export interface EditValues {
  firstName: string;
  lastName: string;
  birthDate: string;
  sex: Sex;
  phone: string;
  email: string;
  address: string;
  allergies: string;
  medicalHistory: string;
}

export type EditField = keyof EditValues;

interface Editable {
  firstName: string;
  lastName: string | null;
  birthDate: string | null;
  sex: Sex;
  phone: string | null;
  email: string | null;
  address: string | null;
  /** Left out for roles that may not read them. */
  allergies?: readonly string[] | null;
  medicalHistory?: string | null;
}

export const editValues = (patient: Editable): EditValues => ({
  firstName: patient.firstName,
  lastName: patient.lastName ?? '',
  birthDate: patient.birthDate ?? '',
  sex: patient.sex,
  phone: patient.phone ?? '',
  email: patient.email ?? '',
  address: patient.address ?? '',
  allergies: (patient.allergies ?? []).join('\n'),
  medicalHistory: patient.medicalHistory ?? '',
});

const editFields: readonly EditField[] = [
  'firstName',
  'lastName',
  'birthDate',
  'sex',
  'phone',
  'email',
  'address',
  'allergies',
  'medicalHistory',
];

/** The fields that somebody changed since the form was filled. */
export const changedFields = (base: EditValues, values: EditValues): EditField[] =>
  editFields.filter((field) => base[field].trim() !== values[field].trim());

export interface Clash {
  /** What the form shows now: theirs where I changed nothing, mine where I did. */
  values: EditValues;
  /** Fields that both changed, to different values. */
  fields: readonly EditField[];
}

/** Brings together what I typed and what somebody saved meanwhile; nothing that I typed is lost. */
export function bringTogether(base: EditValues, mine: EditValues, theirs: EditValues): Clash {
  const own = changedFields(base, mine);
  const values: EditValues = { ...theirs };
  for (const field of own) Object.assign(values, { [field]: mine[field] });
  const both = changedFields(base, theirs).filter((field) => own.includes(field));
  return { values, fields: both.filter((field) => mine[field].trim() !== theirs[field].trim()) };
}

/** The input that saves exactly what was changed: what is left out stays, and null clears. */
export function editInput(
  base: EditValues,
  values: EditValues,
  normalizePhone: (typed: string) => string | null,
): Partial<UpdatePatientInput> {
  const given = (text: string): string | null => text.trim() || null;
  const inputs: Record<EditField, () => Partial<UpdatePatientInput>> = {
    firstName: () => ({ firstName: values.firstName.trim() }),
    lastName: () => ({ lastName: given(values.lastName) }),
    birthDate: () => ({ birthDate: given(values.birthDate) }),
    sex: () => ({ sex: values.sex }),
    phone: () => ({ phone: normalizePhone(values.phone) }),
    email: () => ({ email: given(values.email) }),
    address: () => ({ address: given(values.address) }),
    allergies: () => ({ allergies: linesOf(values.allergies) }),
    medicalHistory: () => ({ medicalHistory: given(values.medicalHistory) }),
  };
  return Object.assign({}, ...changedFields(base, values).map((field) => inputs[field]()));
}

export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

import { randomBytes } from 'node:crypto';
import { password } from './clinic.ts';
import { TestClient, type Json } from './client.ts';

export const anAddress = () => `person-${randomBytes(4).toString('hex')}@example.org`;
export const aSlug = () => `clinic-${randomBytes(4).toString('hex')}`;

/** What a payload holds when nobody was signed in. */
export const noSession = { accessToken: null, refreshToken: null, totpRequired: false, viewer: null };

export const wrongCredentials = (field: string[] | null) => ({
  code: 'INVALID_CREDENTIALS',
  message: 'E-mail and password do not match. Check both and try again.',
  field,
});

const session = `{ accessToken refreshToken totpRequired
  viewer { role email user { name } clinic { slug } memberships { clinicName role active } }
  userErrors { code message field } }`;

export async function registerClinic(url: string, changes: Record<string, unknown> = {}): Promise<Json> {
  const input = {
    clinicName: 'Bayani Clinic',
    slug: aSlug(),
    timeZone: 'Asia/Manila',
    currency: 'PHP',
    ownerName: 'Elena Cruz',
    email: anAddress(),
    password,
    ...changes,
  };
  const mutation = `mutation ($input: RegisterClinicInput!) { answer: registerClinic(input: $input) ${session} }`;
  return (await new TestClient(url).ask(mutation, { input })).answer;
}

export async function registerPatient(
  url: string,
  clinicSlug: string,
  changes: Record<string, unknown> = {},
): Promise<Json> {
  const input = { clinicSlug, firstName: 'Maria', lastName: 'Santos', email: anAddress(), password, ...changes };
  const mutation = `mutation ($input: RegisterPatientInput!) { answer: registerPatient(input: $input) ${session} }`;
  return (await new TestClient(url).ask(mutation, { input })).answer;
}

export async function signIn(url: string, input: Record<string, unknown>): Promise<Json> {
  const mutation = `mutation ($input: SignInInput!) { answer: signIn(input: $input) ${session} }`;
  return (await new TestClient(url).ask(mutation, { input: { password, ...input } })).answer;
}

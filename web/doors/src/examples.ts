import signIn from '../examples/1-sign-in.graphql?raw';
import today from '../examples/2-todays-appointments.graphql?raw';
import requestAndApprove from '../examples/3-request-and-approve.graphql?raw';
import live from '../examples/4-live-updates.graphql?raw';
import once from '../examples/5-once.graphql?raw';

/** One operation, or a few that belong together, ready to be run. */
export interface Example {
  title: string;
  document: string;
  variables: Record<string, unknown>;
  headers: Record<string, string>;
}

/** The first things that somebody wants to try, with variables that fit the demo clinic on this day. */
export function examplesFor(now: Date): Example[] {
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  const tomorrow = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
  const inAWeek = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 7);
  return [
    {
      title: 'Sign in',
      document: signIn,
      variables: { input: { email: 'doctor@demo.clinic', password: 'demo-clinic-2026' } },
      headers: {},
    },
    {
      title: 'Today’s appointments',
      document: today,
      variables: { from: midnight.toISOString(), to: tomorrow.toISOString() },
      headers: {},
    },
    {
      title: 'Request and approve',
      document: requestAndApprove,
      variables: {
        from: dayOf(midnight),
        to: dayOf(inAWeek),
        serviceId: 'from DoctorsAndServices',
        doctorId: 'from FreeTimes',
        startsAt: 'from FreeTimes',
        appointmentId: 'from RequestAppointment',
      },
      headers: {},
    },
    { title: 'Live updates', document: live, variables: { after: null }, headers: {} },
    {
      title: 'Have an effect once',
      document: once,
      variables: { input: { firstName: 'Rosa', lastName: 'Diaz', sex: 'FEMALE' } },
      headers: { 'Idempotency-Key': crypto.randomUUID() },
    },
  ];
}

const twoDigits = (count: number): string => String(count).padStart(2, '0');

const dayOf = (date: Date): string =>
  `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;

import type { Weekday } from '../platform/zone.ts';

export const demoServices = [
  { name: 'Consultation', durationMinutes: 30, price: '600.00' },
  { name: 'Follow-up', durationMinutes: 15, price: '350.00' },
  { name: 'Eye examination', durationMinutes: 45, price: '1200.00' },
  { name: 'Child check-up', durationMinutes: 30, price: '700.00' },
  { name: 'Blood pressure check', durationMinutes: 15, price: '150.00' },
];

/** The first one has the demo account. */
export const demoDoctors = [
  { name: 'Dr. Ana Reyes', specialty: 'Ophthalmology' },
  { name: 'Dr. Ramesh Rao', specialty: 'General medicine' },
  { name: 'Dr. Sofia Mendes', specialty: 'Paediatrics' },
];

const everyDay: readonly Weekday[] = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];

/** Every day, with a break at noon: the demo is lively whatever day it is opened on. */
export const demoHours = everyDay.flatMap((weekday) => [
  { weekday, startsAt: '08:00', endsAt: '12:00', slotMinutes: 15 },
  { weekday, startsAt: '13:00', endsAt: '19:00', slotMinutes: 15 },
]);

export const demoReasons = [
  'Blurred vision in the left eye since last week',
  'Cough that will not go away',
  'Check-up before travelling',
  'Headaches in the evening',
  'Itching eyes, worse outdoors',
  'Renewal of my prescription',
  'Stomach pain after meals',
  'My son has had a fever for two days',
  'Back pain after lifting',
  null,
];

export const demoDeclines = [
  'I am in surgery that morning. Please choose an afternoon.',
  'This needs our eye clinic day on Thursday. Please ask for that.',
  'Please come for a blood test first, then ask again.',
];

const firstNames =
  'Jose Liza Marco Ines Paolo Carmela Rico Aileen Dante Rosario Arun Priya Vikram Meera Sanjay Anita Kofi Amara Tunde Zanele Kwame Nia Mateo Lucía Diego Valentina Camila João Beatriz Rafael';
const lastNames =
  'Garcia Dela Cruz|Bautista|Aquino|Mendoza|Ramos|Villareal|Sharma|Patel|Iyer|Nair|Mensah|Okafor|Dlamini|Hernández|Rojas|Silva|Oliveira|Navarro|Tan|Lim';

const [first, last] = [firstNames.split(' '), lastNames.split('|')];

/** Sixty people, no name twice. */
export const demoPatients = Array.from({ length: 60 }, (_none, index) => ({
  firstName: first[index % first.length] ?? '',
  lastName: last[(index * 7 + Math.floor(index / first.length)) % last.length] ?? '',
  sex: index % 2 === 0 ? ('MALE' as const) : ('FEMALE' as const),
  birthDate: `${1942 + ((index * 13) % 76)}-${String((index % 12) + 1).padStart(2, '0')}-${String(((index * 5) % 27) + 1).padStart(2, '0')}`,
  phone: `+63917${String(2_000_000 + index * 7_919).padStart(7, '0')}`,
  email: index % 3 === 0 ? `patient${index}@example.org` : null,
  emailConsent: index % 6 === 0,
}));

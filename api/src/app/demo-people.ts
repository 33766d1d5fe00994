import type { Weekday } from '../platform/zone.ts';

/** What a clinic enters on its first morning. */
export const demoClinicFacts = {
  address: '2/F Bayani Building, 128 Taft Avenue, Ermita, Manila 1000',
  phone: '+63285241234',
  taxNumber: '008-123-456-000',
};

export const demoServices = [
  { name: 'Consultation', durationMinutes: 30, price: '600.00' },
  { name: 'Follow-up', durationMinutes: 15, price: '350.00' },
  { name: 'Eye examination', durationMinutes: 45, price: '1200.00' },
  { name: 'Child check-up', durationMinutes: 30, price: '700.00' },
  { name: 'Blood pressure check', durationMinutes: 15, price: '150.00' },
];

/** Who they are, what they mostly do, and what people come to them with. The first one has the demo account. */
export const demoDoctors = [
  {
    name: 'Dr. Ana Reyes',
    specialty: 'Ophthalmology',
    licenceNumber: 'PRC 0098213',
    services: ['Eye examination', 'Consultation', 'Follow-up'],
    seesChildren: false,
    reasons: [
      'Blurred vision in the left eye since last week',
      'Itching eyes, worse outdoors',
      'Headaches in the evening after reading',
      'New glasses, the old ones are too weak',
      null,
    ],
  },
  {
    name: 'Dr. Ramesh Rao',
    specialty: 'General medicine',
    licenceNumber: 'PRC 0104577',
    services: ['Consultation', 'Blood pressure check', 'Follow-up'],
    seesChildren: false,
    reasons: [
      'Cough that will not go away',
      'Check-up before travelling',
      'Stomach pain after meals',
      'Back pain after lifting',
      null,
    ],
  },
  {
    name: 'Dr. Sofia Mendes',
    specialty: 'Paediatrics',
    licenceNumber: 'PRC 0087460',
    services: ['Child check-up', 'Consultation'],
    seesChildren: true,
    reasons: ['Fever for two days', 'Ear ache since Sunday', 'Vaccination card for school', 'Not eating well', null],
  },
];

const everyDay: readonly Weekday[] = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];

/** Every day, with a break at noon: the demo is lively whatever day it is opened on. */
export const demoHours = everyDay.flatMap((weekday) => [
  { weekday, startsAt: '08:00', endsAt: '12:00', slotMinutes: 15 },
  { weekday, startsAt: '13:00', endsAt: '19:00', slotMinutes: 15 },
]);

export const demoDeclines = [
  'I am in surgery that morning. Please choose an afternoon.',
  'This needs our eye clinic day on Thursday. Please ask for that.',
  'Please come for a blood test first, then ask again.',
];

export const firstNames =
  'Jose Liza Marco Ines Paolo Carmela Rico Aileen Dante Rosario Arun Priya Vikram Meera Sanjay Anita Kofi Amara Tunde Zanele Kwame Nia Mateo Lucía Diego Valentina João Camila Rafael Beatriz'.split(
    ' ',
  );
export const lastNames =
  'Garcia Dela Cruz|Bautista|Aquino|Mendoza|Ramos|Villareal|Sharma|Patel|Iyer|Nair|Mensah|Okafor|Dlamini|Hernández|Rojas|Silva|Oliveira|Navarro|Tan|Lim'.split(
    '|',
  );

/** The patient behind the demo account. */
export const demoPatient = {
  firstName: 'Maria',
  lastName: 'Santos',
  birthDate: '1988-06-14',
  sex: 'FEMALE',
  phone: '+639171234567',
  email: 'patient@demo.clinic',
  smsConsent: true,
};

/** About every third one is a child. */
export const isDemoChild = (index: number): boolean => index % 4 === 3 || index % 12 === 6;

const birthYear = (index: number): number => (isDemoChild(index) ? 2013 + (index % 11) : 1944 + ((index * 13) % 60));

/** Sixty people, no name twice. */
export const demoPatients = Array.from({ length: 60 }, (_none, index) => ({
  firstName: firstNames[index % firstNames.length] ?? '',
  lastName: lastNames[(index * 7 + Math.floor(index / firstNames.length)) % lastNames.length] ?? '',
  sex: index % 2 === 0 ? ('MALE' as const) : ('FEMALE' as const),
  birthDate: `${birthYear(index)}-${String((index % 12) + 1).padStart(2, '0')}-${String(((index * 5) % 27) + 1).padStart(2, '0')}`,
  phone: `+63917${String(2_000_000 + index * 7_919).padStart(7, '0')}`,
  email: index % 3 === 0 ? `patient${index}@example.org` : null,
  emailConsent: index % 6 === 0,
}));

import { printable } from '../../platform/documents/fonts.ts';
import { millimetres, type Paper } from '../../platform/documents/paper.ts';
import { breakable, printedDay } from '../../platform/documents/printed-words.ts';
import type { Content, PdfDefinition } from '../../platform/documents/render-pdf.ts';
import { ageOn, dayOf, daysBetween } from '../../platform/zone.ts';
import type { PrescribedItem } from './medication.domain.ts';

/** All that stands on the paper. */
export interface PrintedPrescription {
  clinic: {
    slug: string;
    name: string;
    address: string | null;
    phone: string | null;
    taxNumber: string | null;
    locale: string;
  };
  doctor: { name: string; specialty: string | null; licenceNumber: string | null };
  patient: {
    name: string;
    recordNumber: string;
    birthDate: string | null;
    birthDateEstimated: boolean;
    sex: string;
  };
  items: readonly PrescribedItem[];
  instructions: string | null;
  createdAt: Date;
  voidedAt: Date | null;
  voidReason: string | null;
  timeZone: string;
}

const [ink, grey, line, red] = ['#0f172a', '#475569', '#cbd5e1', '#b91c1c'];

/** Sets a prescription on A5 or A4, over as many pages as it takes. */
export function layOutPrescription(printed: PrintedPrescription, paper: Paper): PdfDefinition {
  const { clinic, patient, doctor, voidedAt } = printed;
  const say = (text: string | null): string | null => (text === null ? null : sayable(text, patient.recordNumber));
  const width = millimetres(paper === 'a4' ? 210 - 36 : 148 - 24);
  return {
    paper,
    title: 'Prescription',
    language: clinic.locale,
    styles: {
      small: { fontSize: paper === 'a4' ? 8.5 : 7.5, color: grey },
      label: { fontSize: paper === 'a4' ? 8 : 7, color: grey },
      name: { fontSize: paper === 'a4' ? 14 : 12, bold: true },
    },
    ...(voidedAt === null ? {} : { watermark: { text: 'VOID', color: red, opacity: 0.16, bold: true, angle: -35 } }),
    footer: (page, pages) => ({
      margin: [millimetres(paper === 'a4' ? 18 : 12), 0, millimetres(paper === 'a4' ? 18 : 12), 0],
      columns: [
        { text: `${patient.recordNumber} · ${dayWords(printed, printed.createdAt)}`, style: 'label' },
        { text: `Page ${page} of ${pages}`, style: 'label', alignment: 'right' },
      ],
    }),
    content: [
      head(printed, say),
      rule(width, 8),
      whose(printed, say),
      ...voidLine(printed, say),
      { text: '℞', fontSize: paper === 'a4' ? 26 : 22, bold: true, color: '#0f766e', margin: [0, 6, 0, 2] },
      medications(printed.items, say, paper),
      ...forTheWhole(printed, say),
      signature(doctor, say),
    ],
  };
}

type Say = (text: string | null) => string | null;

/** A text, or a plain line in its place: boxes would look like a medication that nobody can read. */
const sayable = (text: string, recordNumber: string): string =>
  printable(text) ?? `[These letters cannot be printed: see record ${recordNumber}]`;

const present = (...lines: (Content | null | false)[]): Content[] =>
  lines.filter((each): each is Content => each !== null && each !== false);

const styled = (text: string | null, style: string, more: object = {}): Content | null =>
  text === null ? null : { text, style, ...more };

function head({ clinic, doctor }: PrintedPrescription, say: Say): Content {
  const [phone, tax, licence] = [say(clinic.phone), say(clinic.taxNumber), say(doctor.licenceNumber)];
  return {
    columns: [
      {
        width: '*',
        stack: present(
          // Its address on the web is in letters that everybody has.
          styled(printable(clinic.name) ?? clinic.slug, 'name', { color: ink }),
          styled(say(clinic.address), 'small'),
          phone !== null && styled(`Tel. ${phone}`, 'small'),
          tax !== null && styled(`Tax no. ${tax}`, 'small'),
        ),
      },
      {
        width: '42%',
        alignment: 'right',
        stack: present(
          { text: say(doctor.name), bold: true },
          styled(say(doctor.specialty), 'small'),
          licence !== null && styled(`Licence no. ${licence}`, 'small'),
        ),
      },
    ],
    columnGap: 12,
  };
}

const rule = (width: number, above: number): Content => ({
  canvas: [{ type: 'line', x1: 0, y1: 0, x2: width, y2: 0, lineWidth: 0.75, lineColor: line }],
  margin: [0, above, 0, above],
});

function whose(printed: PrintedPrescription, say: Say): Content {
  const { patient, createdAt } = printed;
  const name = printable(patient.name) ?? `Record ${patient.recordNumber}`;
  const about = [ageWords(printed), sexWords[patient.sex]].filter(Boolean).join(', ');
  const cell = (label: string, text: string | null): Content => ({
    stack: [
      { text: label, style: 'label' },
      { text: text === null || text === '' ? '–' : text, bold: label === 'Patient' },
    ],
  });
  return {
    columns: [
      { width: '*', ...of(cell('Patient', name)) },
      { width: 'auto', ...of(cell('Age, sex', about)) },
      { width: 'auto', ...of(cell('Record', say(patient.recordNumber))) },
      { width: 'auto', ...of(cell('Date', dayWords(printed, createdAt))) },
    ],
    columnGap: 14,
  };
}

const of = (content: Content): object => (typeof content === 'object' ? content : { text: content });

function voidLine(printed: PrintedPrescription, say: Say): Content[] {
  const { voidedAt, voidReason } = printed;
  if (voidedAt === null) return [];
  const reason = say(voidReason);
  return [
    { text: `VOID since ${dayWords(printed, voidedAt)}: ${reason}`, color: red, bold: true, margin: [0, 8, 0, 0] },
  ];
}

function medications(items: readonly PrescribedItem[], say: Say, paper: Paper): Content {
  const header = ['', 'Medication', 'Dosage', 'Frequency', 'Days'].map((text) => ({
    text,
    style: 'label',
    alignment: text === 'Days' ? 'right' : 'left',
  }));
  const rows = items.map((item, index) => [
    { text: `${index + 1}.`, color: grey },
    {
      stack: present(
        { text: parted(say(item.medication)), bold: true },
        styled(parted(say(item.instructions)), 'small'),
      ),
    },
    { text: parted(say(item.dosage)) },
    { text: parted(say(item.frequency)) ?? '' },
    { text: item.durationDays === null ? '' : String(item.durationDays), alignment: 'right' },
  ]);
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: ['auto', '*', '22%', '24%', paper === 'a4' ? 34 : 28],
      body: [header, ...rows],
    },
    layout: {
      hLineWidth: (row: number) => (row === 0 ? 0 : 0.5),
      vLineWidth: () => 0,
      hLineColor: () => line,
      paddingLeft: (column: number) => (column === 0 ? 0 : 5),
      paddingRight: (column: number) => (column === 4 ? 0 : 5),
      paddingTop: () => 4,
      paddingBottom: () => 4,
    },
  };
}

const parted = (text: string | null): string | null => (text === null ? null : breakable(text));

function forTheWhole({ instructions }: PrintedPrescription, say: Say): Content[] {
  const text = say(instructions);
  if (text === null) return [];
  return [{ text: 'Instructions', style: 'label', margin: [0, 10, 0, 1] }, { text }];
}

function signature(doctor: PrintedPrescription['doctor'], say: Say): Content {
  const [width, licence] = [millimetres(55), say(doctor.licenceNumber)];
  return {
    unbreakable: true,
    margin: [0, 34, 0, 0],
    columns: [
      { width: '*', text: '' },
      {
        width,
        stack: present(
          { canvas: [{ type: 'line', x1: 0, y1: 0, x2: width, y2: 0, lineWidth: 0.75, lineColor: ink }] },
          { text: say(doctor.name), margin: [0, 3, 0, 0] },
          licence !== null && styled(`Licence no. ${licence}`, 'small'),
        ),
      },
    ],
  };
}

const sexWords: Readonly<Record<string, string>> = { FEMALE: 'female', MALE: 'male', OTHER: 'other' };

const [daysOfMonth, infantYears] = [30.4375, 2];

/** The age on the day of the prescription; of small children in months. */
function ageWords({ patient, createdAt, timeZone }: PrintedPrescription): string {
  if (patient.birthDate === null) return '';
  const day = dayOf(createdAt, timeZone);
  const years = ageOn(patient.birthDate, day);
  const months = Math.floor(daysBetween(patient.birthDate, day) / daysOfMonth);
  const words = years >= infantYears ? counted(years, 'year') : counted(Math.max(months, 0), 'month');
  return patient.birthDateEstimated ? `about ${words}` : words;
}

const counted = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;

/** A day on the clinic's own calendar, as its country writes it. */
const dayWords = ({ clinic, timeZone }: PrintedPrescription, instant: Date): string =>
  printedDay(instant, timeZone, clinic.locale);

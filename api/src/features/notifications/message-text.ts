import type { AppointmentFactType } from '../appointments/index.ts';
import type {
  BillFacts,
  MessageCatalog,
  MessageFacts,
  MessageTimes,
  MessageWords,
  OfferFacts,
  OpeningFacts,
} from './message-catalog.ts';
import { english } from './messages.en.ts';
import type { Audience, BillMessage, OnlineTrouble, VisitAudience, VisitMessage } from './notification.domain.ts';

/** By the language's first part; English for one that has no words of its own yet. */
const catalogs: Record<string, MessageCatalog> = { en: english };

/** Puts a message into words, in the recipient's language and the clinic's time zone. */
export function messageText(type: AppointmentFactType, audience: Audience, facts: MessageFacts): MessageWords {
  const words = catalogOf(facts).appointments[type][audience];
  if (words === undefined) throw new Error(`There are no words for ${type} to ${audience}.`);
  return words(facts, timesOf(facts));
}

/** Puts what is told of a visit into words. */
export function visitText(type: VisitMessage, audience: VisitAudience, facts: MessageFacts): MessageWords {
  const words = catalogOf(facts).visits[type][audience];
  if (words === undefined) throw new Error(`There are no words for ${type} to ${audience}.`);
  return words(facts);
}

/** Tells the front desk, each in their language, of a patient who has not been checked in. */
export const noShowText = (facts: MessageFacts): MessageWords => catalogOf(facts).noShow(facts, timesOf(facts));

const catalogOf = (facts: { locale: string }): MessageCatalog => catalogs[languageOf(facts)] ?? english;

const languageOf = ({ locale }: { locale: string }): string => locale.split('-')[0] ?? 'en';

/** Tells an owner, in their language, that a record was opened. */
export const openingText = (facts: OpeningFacts): MessageWords => catalogOf(facts).recordOpened(facts);

function timesOf(facts: MessageFacts): MessageTimes {
  const locale = catalogs[languageOf(facts)] === undefined ? 'en' : facts.locale;
  const inZone = (at: Date) => inClinicTime(at, facts.timeZone, locale);
  return { when: inZone(facts.startsAt), before: inZone(facts.previousStartsAt ?? facts.startsAt) };
}

/** Tells a patient, in their language, of a bill. */
export function billText(type: BillMessage, facts: BillFacts): MessageWords {
  const catalog = catalogs[languageOf(facts)];
  const locale = catalog === undefined ? 'en' : facts.locale;
  const followUp = facts.followUpOn === null ? null : dayInWords(facts.followUpOn, locale);
  return (catalog ?? english).bills[type](facts, { followUp });
}

/** Tells the front desk, each in their language, that somebody must look at an online payment. */
export const onlineTroubleText = (
  because: OnlineTrouble,
  facts: Pick<BillFacts, 'clinicName' | 'number' | 'locale'>,
): MessageWords => catalogOf(facts).onlineTrouble[because](facts);

/** A calendar day is the same in every time zone. */
const dayInWords = (day: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`));

/** Reminds a patient, in their language, that they should come again. */
export function followUpText(facts: MessageFacts, followUpOn: string): MessageWords {
  const catalog = catalogs[languageOf(facts)];
  const locale = catalog === undefined ? 'en' : facts.locale;
  return (catalog ?? english).followUpDue(facts, { followUp: dayInWords(followUpOn, locale) });
}

/** Tells a patient, in their language, that nothing is left to do. */
export const treatmentText = (facts: MessageFacts): MessageWords => catalogOf(facts).treatmentCompleted(facts);

/** Tells somebody on the waitlist, in their language, of the slot that is held for them. */
export function offerText(facts: OfferFacts): MessageWords {
  const catalog = catalogs[languageOf(facts)];
  const locale = catalog === undefined ? 'en' : facts.locale;
  return (catalog ?? english).slotOffered(facts, {
    when: inClinicTime(facts.startsAt, facts.timeZone, locale),
    until: inClinicTime(facts.expiresAt, facts.timeZone, locale),
  });
}

function inClinicTime(at: Date, timeZone: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
    timeZoneName: 'short',
  });
  return format.format(at);
}

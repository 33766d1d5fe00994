import type { AppointmentFactType } from '../appointments/index.ts';
import type { MessageCatalog, MessageFacts, MessageWords, OpeningFacts } from './message-catalog.ts';
import { english } from './messages.en.ts';
import type { Audience } from './notification.domain.ts';

/** By the language's first part; English for one that has no words of its own yet. */
const catalogs: Record<string, MessageCatalog> = { en: english };

/** Puts a message into words, in the recipient's language and the clinic's time zone. */
export function messageText(type: AppointmentFactType, audience: Audience, facts: MessageFacts): MessageWords {
  const language = languageOf(facts);
  const words = (catalogs[language] ?? english).appointments[type][audience];
  if (words === undefined) throw new Error(`There are no words for ${type} to ${audience}.`);
  const locale = catalogs[language] === undefined ? 'en' : facts.locale;
  const inZone = (at: Date) => inClinicTime(at, facts.timeZone, locale);
  return words(facts, { when: inZone(facts.startsAt), before: inZone(facts.previousStartsAt ?? facts.startsAt) });
}

const languageOf = ({ locale }: { locale: string }): string => locale.split('-')[0] ?? 'en';

/** Tells an owner, in their language, that a record was opened. */
export const openingText = (facts: OpeningFacts): MessageWords =>
  (catalogs[languageOf(facts)] ?? english).recordOpened(facts);

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

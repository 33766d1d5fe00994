import { computed } from 'vue';
import { browserLocale } from './browser-locale.ts';
import { useI18n } from 'vue-i18n';
import { useSession } from '../app/session.ts';
import { dayOf, daysBetween, startOfDay, type Day } from './clinic-time.ts';
import { useClinicClock } from './useClinicClock.ts';
import { formatDay, formatInstant, formatMoney, formatTimeRange, formatWallTime, formatZone } from './zone-format.ts';

const minutesPerDay = 24 * 60;

/** Words for days near today, and for how long ago something was. */
function useNearTime(locale: () => string, zone: () => string) {
  const { t } = useI18n();
  const { today, nowMs } = useClinicClock();

  /** The year is said only when it is another one. */
  function withYear(day: Day): Intl.DateTimeFormatOptions {
    return day.slice(0, 4) === today.value.slice(0, 4) ? {} : { year: 'numeric' };
  }

  /** Today, Tomorrow, Yesterday, else "Mon, 2 Mar". */
  function dayName(day: Day): string {
    const distance = daysBetween(today.value, day);
    if (distance === 0) return t('time.today');
    if (distance === 1) return t('time.tomorrow');
    if (distance === -1) return t('time.yesterday');
    return formatDay(day, locale(), { weekday: 'short', day: 'numeric', month: 'short', ...withYear(day) });
  }

  function relative(value: string): string {
    const minutes = Math.round((Date.parse(value) - nowMs.value) / 60_000);
    const format = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto', style: 'short' });
    if (Math.abs(minutes) < 1) return t('time.justNow');
    if (Math.abs(minutes) < 60) return format.format(minutes, 'minute');
    if (Math.abs(minutes) < minutesPerDay) return format.format(Math.round(minutes / 60), 'hour');
    return format.format(daysBetween(today.value, dayOf(value, zone())), 'day');
  }

  return { withYear, dayName, relative };
}

/** Dates, times and money in the viewer's language and the clinic's time zone. */
export function useFormat() {
  const session = useSession();
  const locale = computed(() => session.viewer?.locale ?? browserLocale());
  const zone = computed(() => session.viewer?.clinic.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone);
  const { withYear, dayName, relative } = useNearTime(
    () => locale.value,
    () => zone.value,
  );
  const clinicDay = (value: string): Day => dayOf(value, zone.value);
  const inZone = (value: string, options: Intl.DateTimeFormatOptions): string =>
    formatInstant(value, locale.value, { timeZone: zone.value, ...options });
  const calendar = (day: Day, options: Intl.DateTimeFormatOptions): string => formatDay(day, locale.value, options);
  const time = (value: string): string => inZone(value, { hour: 'numeric', minute: '2-digit' });

  return {
    locale,
    zone,
    dayOf: clinicDay,
    /** Whether a day of the clinic begins at this very instant. */
    startsDay: (value: string) => startOfDay(clinicDay(value), zone.value) === new Date(value).toISOString(),
    calendar,
    time,
    timeRange: (from: string, to: string) => formatTimeRange(from, to, locale.value, zone.value),
    zoneName: (value: string) => formatZone(value, locale.value, zone.value),
    wallTime: (localTime: string) => formatWallTime(localTime, locale.value),
    dayNameOf: (value: string) => dayName(clinicDay(value)),
    dateTime: (value: string) => `${dayName(clinicDay(value))}, ${time(value)}`,
    dayLong: (day: Day) => calendar(day, { weekday: 'long', day: 'numeric', month: 'long', ...withYear(day) }),
    date: (day: Day) => calendar(day, { day: 'numeric', month: 'short', year: 'numeric' }),
    monthShort: (day: Day) => calendar(day, { month: 'short' }),
    weekdayShort: (day: Day) => calendar(day, { weekday: 'short' }),
    dayNumber: (day: Day) => calendar(day, { day: 'numeric' }),
    /** Day and time as the server writes them into messages. */
    messageTime: (value: string) => inZone(value, messageOptions),
    /** Day and time for a text that is read later, when "tomorrow" is another day. */
    writtenTime: (value: string) => inZone(value, writtenOptions),
    relative,
    money: (value: { amount: string; currency: string }) => formatMoney(value, locale.value),
  };
}

const writtenOptions: Intl.DateTimeFormatOptions = {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  hour: 'numeric',
  minute: '2-digit',
};

const messageOptions: Intl.DateTimeFormatOptions = {
  weekday: 'short',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZoneName: 'short',
};

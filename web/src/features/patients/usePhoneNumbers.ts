import type * as PhoneLibrary from 'libphonenumber-js/min';
import { computed, shallowRef } from 'vue';
import { browserLocale } from '../../composables/browser-locale.ts';
import { useI18n } from 'vue-i18n';
import { useSession } from '../../app/session.ts';
import type { UserErrorLike } from '../../composables/form-errors.ts';

const library = shallowRef<Pick<typeof PhoneLibrary, 'parsePhoneNumberFromString' | 'isSupportedCountry'> | null>(null);
let loading: Promise<void> | null = null;

async function load(): Promise<void> {
  library.value = await import('libphonenumber-js/min');
}

/** Phone numbers as people write them. The numbering tables load on their own, so that no first screen waits for them. */
export function usePhoneNumbers() {
  loading ??= load().catch(() => {
    loading = null;
  });
  const { t } = useI18n();
  const session = useSession();
  const country = computed(() => {
    const region = new Intl.Locale(session.viewer?.clinic.locale ?? browserLocale()).maximize().region;
    return library.value && region && library.value.isSupportedCountry(region) ? region : undefined;
  });

  return {
    /** "+63 917 123 4567" for "+639171234567". */
    show: (phone: string): string => library.value?.parsePhoneNumberFromString(phone)?.formatInternational() ?? phone,
    /** E.164 for what somebody typed, with the clinic's country when none is given; null for nothing, and for no number. */
    normalize: (typed: string): string | null => {
      if (!library.value) return typed.replace(/[\s().-]/g, '') || null;
      const number = library.value.parsePhoneNumberFromString(typed.trim(), country.value);
      return number?.isPossible() ? number.number : null;
    },
    /** What is wrong with a typed number, as the server would say it about the field. */
    problems: (typed: string): readonly UserErrorLike[] => {
      if (typed.trim() === '' || !library.value) return [];
      if (library.value.parsePhoneNumberFromString(typed.trim(), country.value)?.isPossible()) return [];
      return [{ code: 'INVALID_INPUT', message: t('errors.malformed.phone'), field: ['phone'] }];
    },
  };
}

import { computed, onScopeDispose, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import type { UserErrorLike } from '../../composables/form-errors.ts';
import { useForm } from '../../composables/useForm.ts';
import { useNotice } from '../../composables/useNotice.ts';
import type { ClinicSettingsFieldsFragment, UpdateClinicInput } from '../../gql/graphql.ts';
import { useUnsaved } from './unsaved.ts';
import { useUpdateClinic } from './useUpdateClinic.ts';

export interface SectionForm<TValues> {
  readonly title: string;
  /** The section's values as the clinic has them. */
  readonly read: (clinic: ClinicSettingsFieldsFragment) => TValues;
  /** What a save sends; what is wrong already here comes back as errors instead. */
  readonly toInput: (values: TValues) => UpdateClinicInput | readonly UserErrorLike[];
}

const isRefused = (value: UpdateClinicInput | readonly UserErrorLike[]): value is readonly UserErrorLike[] =>
  Array.isArray(value);

/** One section of the settings: saved by itself, and known to the page as long as something in it is unsaved. */
export function useSettingsSection<TValues extends object>(
  clinic: () => ClinicSettingsFieldsFragment,
  { title, read, toInput }: SectionForm<TValues>,
) {
  const { t } = useI18n();
  const notice = useNotice();
  const updateClinic = useUpdateClinic();
  const unsaved = useUnsaved();
  const form = useForm<TValues>(() => read(clinic()));
  const isDirty = computed(() => JSON.stringify(form.values) !== JSON.stringify(read(clinic())));

  watch(isDirty, (dirty) => unsaved.mark(title, dirty));
  onScopeDispose(() => unsaved.mark(title, false));
  // Somebody else's change shows up where nothing is being typed.
  watch(clinic, (next, before) => {
    if (JSON.stringify(form.values) === JSON.stringify(read(before))) Object.assign(form.values, read(next));
  });

  async function save(): Promise<boolean> {
    const isSaved = await form.submit(async (values) => {
      const input = toInput(values);
      return isRefused(input) ? input : updateClinic(input);
    });
    if (!isSaved) return false;
    Object.assign(form.values, read(clinic()));
    notice.done(t('settings.saved', { section: title }));
    return true;
  }

  return { ...form, isDirty, save };
}

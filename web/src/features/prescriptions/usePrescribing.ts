import { computed, nextTick, ref, shallowRef, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { keepDraft, recallDraft } from '../../app/drafts.ts';
import { toAppError } from '../../app/errors.ts';
import { useViewer } from '../../app/session.ts';
import type { AppError } from '../../composables/app-error.ts';
import type { UserErrorLike } from '../../composables/form-errors.ts';
import type { PrescriptionFieldsFragment } from '../../gql/graphql.ts';
import {
  draftFrom,
  emptyDraft,
  emptyRow,
  isEmptyDraft,
  mostRows,
  placeOnForm,
  readRows,
  withItems,
  type Draft,
  type KnownItem,
} from './prescription-draft.ts';
import { usePrescriptions } from './usePrescriptions.ts';

interface Mistakes {
  /** By row and field, such as 0.days. */
  readonly fields: Readonly<Record<string, string>>;
  readonly form: readonly string[];
}

const none: Mistakes = { fields: {}, form: [] };

/** The rows of one prescription, as they are typed, kept on this device until they are signed. */
function useDraft(visitId: string) {
  const viewer = useViewer();
  const key = `prescription:${viewer.value.user?.id ?? ''}:${visitId}`;
  const draft = ref<Draft>(draftFrom(recallDraft(key)) ?? emptyDraft());
  watch(draft, (now) => keepDraft(key, isEmptyDraft(now) ? null : now), { deep: true });

  return {
    draft,
    canAdd: computed(() => draft.value.rows.length < mostRows),
    addRow: (after = draft.value.rows.length - 1): void => {
      if (draft.value.rows.length < mostRows) draft.value.rows.splice(after + 1, 0, emptyRow());
    },
    removeRow: (index: number): void => {
      draft.value.rows.splice(index, 1);
      if (draft.value.rows.length === 0) draft.value.rows.push(emptyRow());
    },
    add: (items: readonly KnownItem[]): void => {
      draft.value = withItems(draft.value, items);
    },
    clear: (): void => {
      draft.value = emptyDraft();
    },
  };
}

/** Sorts what the server found wrong to the rows of the form; the warnings have a place of their own. */
function sorted(errors: readonly UserErrorLike[], places: readonly number[]): Mistakes {
  const fields: Record<string, string> = {};
  const form: string[] = [];
  for (const { code, field, message } of errors) {
    if (code === 'WARNINGS_PENDING') continue;
    const place = placeOnForm(field ?? [], places);
    if (place === null) form.push(message);
    else fields[place] ??= message;
  }
  return { fields, form };
}

/** A prescription from the first letter to the signature. */
export function usePrescribing(visitId: string) {
  const { t } = useI18n();
  const { sign } = usePrescriptions();
  const rows = useDraft(visitId);
  const mistakes = shallowRef<Mistakes>(none);
  const warnings = shallowRef<readonly string[]>([]);
  const failure = shallowRef<AppError | null>(null);
  const isBusy = ref(false);

  // What was warned of is another question once something has changed.
  watch(
    rows.draft,
    () => {
      warnings.value = [];
      failure.value = null;
    },
    { deep: true },
  );

  /** Null while something is in the way: it is on the form then. */
  async function send(overrideWarnings: boolean): Promise<PrescriptionFieldsFragment | null> {
    if (isBusy.value) return null;
    const { items, places, unreadable } = readRows(rows.draft.value.rows);
    mistakes.value = {
      fields: Object.fromEntries(unreadable.map((row) => [`${row}.days`, t('prescription.daysNumber')])),
      form: items.length === 0 ? [t('prescription.nothing')] : [],
    };
    if (unreadable.length > 0 || items.length === 0) return null;
    isBusy.value = true;
    failure.value = null;
    try {
      const { instructions } = rows.draft.value;
      const answer = await sign({ visitId, items, instructions, overrideWarnings });
      mistakes.value = sorted(answer.userErrors, places);
      warnings.value = answer.prescription === null ? answer.warnings : [];
      if (answer.prescription === null) return null;
      rows.clear();
      await nextTick();
      mistakes.value = none;
      return answer.prescription;
    } catch (error) {
      failure.value = toAppError(error);
      return null;
    } finally {
      isBusy.value = false;
    }
  }

  return { ...rows, mistakes, warnings, failure, isBusy, send };
}

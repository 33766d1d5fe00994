import { computed, onScopeDispose, reactive, ref, shallowRef, watch, type Ref } from 'vue';
import type { AppError } from '../../composables/app-error.ts';
import { toAppError } from '../../app/errors.ts';
import { useSession } from '../../app/session.ts';
import {
  RecordConsultationDocument,
  type NotesFragment,
  type OpenConsultationFragment,
  type RecordConsultationMutation,
} from '../../gql/graphql.ts';
import { eyeExamInput, eyeFields, mistakesIn } from './eye-exam.ts';
import { joined, meet, noteTexts, sameTexts, withFields, type NoteField, type NoteTexts } from './notes.ts';

const pauseMs = 1_200;
const retryMs = 5_000;

export interface NotesClash {
  readonly message: string;
  readonly fields: readonly NoteField[];
  readonly theirs: NoteTexts;
}

type Answer = RecordConsultationMutation['recordConsultation'];

/** What can go to the server now: a mistake in the eye exam holds the exam back, and nothing else. */
function useSendable(values: NoteTexts, base: Readonly<Ref<NoteTexts>>) {
  const mistakes = computed(() => mistakesIn(values));
  const sendable = computed(() =>
    mistakes.value.size === 0 ? { ...values } : withFields({ ...values }, eyeFields, base.value),
  );
  return { mistakes, sendable };
}

/** What is typed, what the server has, and where the two clash. */
function useDraft(visit: OpenConsultationFragment) {
  const values = reactive<Record<NoteField, string>>({ ...noteTexts(visit.consultation) });
  const base = shallowRef<NoteTexts>(noteTexts(visit.consultation));
  const version = ref<number | null>(visit.consultation?.version ?? null);
  const savedAt = ref<string | null>(visit.consultation?.updatedAt ?? null);
  const clash = shallowRef<NotesClash | null>(null);
  const refusal = ref<string | null>(null);

  function meetTheirs(theirNotes: NotesFragment | null, message: string): void {
    const theirs = noteTexts(theirNotes);
    const { texts, both } = meet(base.value, { ...values }, theirs);
    Object.assign(values, texts);
    base.value = theirs;
    version.value = theirNotes?.version ?? null;
    clash.value = both.length > 0 ? { message, fields: both, theirs } : null;
  }

  function take(answer: Answer, sent: NoteTexts): void {
    const [refused] = answer?.userErrors ?? [];
    const notes = answer?.visit?.consultation ?? null;
    if (refused?.code === 'CONFLICT') return meetTheirs(notes, refused.message);
    refusal.value = refused?.message ?? null;
    if (refused || !notes) return;
    base.value = sent;
    version.value = notes.version;
    savedAt.value = notes.updatedAt;
  }

  /** Ends a clash: with the words typed here, with those of the other window, or with both. */
  function settle(choice: 'mine' | 'theirs' | 'both'): void {
    const { fields = [], theirs = null } = clash.value ?? {};
    for (const field of fields) {
      if (theirs === null || choice === 'mine') continue;
      values[field] = choice === 'theirs' ? theirs[field] : joined(field, theirs[field], values[field]);
    }
    clash.value = null;
  }

  const isUnsaved = computed(() => !sameTexts(values, base.value));
  const going = useSendable(values, base);
  const isWaiting = computed(
    () => !sameTexts(going.sendable.value, base.value) && clash.value === null && refusal.value === null,
  );
  return { values, version, savedAt, clash, refusal, isUnsaved, isWaiting, ...going, meetTheirs, take, settle };
}

/**
 * The notes of one consultation while they are written: saved when typing pauses, tried again when the connection fails,
 * and brought together with what another window saved. They live in this window's memory alone.
 */
export function useNotes(visit: OpenConsultationFragment) {
  const { client } = useSession();
  const draft = useDraft(visit);
  const { values, version, refusal, isWaiting } = draft;
  const isSaving = ref(false);
  const failure = shallowRef<AppError | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | null = null;

  function later(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void save(), ms);
  }

  async function send(): Promise<void> {
    const sent = draft.sendable.value;
    const { symptoms, diagnosis, notes } = sent;
    // What is left out stays as it is.
    const exam = draft.mistakes.value.size === 0 ? { eyeExam: eyeExamInput(sent) } : {};
    isSaving.value = true;
    failure.value = null;
    try {
      const input = { visitId: visit.id, symptoms, diagnosis, notes, ...exam, version: version.value };
      const { data } = await client.mutate({ mutation: RecordConsultationDocument, variables: { input } });
      draft.take(data?.recordConsultation ?? null, sent);
      if (isWaiting.value) later(pauseMs);
    } catch (error) {
      failure.value = toAppError(error);
      later(retryMs);
    } finally {
      isSaving.value = false;
      running = null;
    }
  }

  /** Saves what is not saved yet, one request at a time. */
  async function save(): Promise<void> {
    clearTimeout(timer);
    if (running) await running;
    if (!isWaiting.value) return;
    running ??= send();
    await running;
  }

  watch([values, draft.clash], () => {
    refusal.value = null;
    if (isWaiting.value) later(pauseMs);
  });
  onScopeDispose(() => clearTimeout(timer));

  return { ...draft, isSaving, failure, save };
}

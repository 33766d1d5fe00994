import { describe, expect, it } from 'vitest';
import { aClinic, appointmentMutations as mutation } from './support/clinic.ts';
import { mergePatients, mergingTests } from './support/merging.ts';

const { here, merge, book, rows, rowsNaming } = mergingTests();

describe('a merge is refused', () => {
  const messageOf = async (keepId: string, mergeId: string) => (await merge(keepId, mergeId)).userErrors[0]?.message;

  it('for one record twice', async () => {
    const id = await here().clinic.aPatient();

    expect((await merge(id, id)).userErrors).toEqual([
      { code: 'INVALID_INPUT', message: 'Choose two different records.', field: ['mergeId'] },
    ]);
  });

  it('when both have accounts: two people may sign in', async () => {
    const [one, other] = [await here().clinic.enrol(), await here().clinic.enrol()];

    expect(await messageOf(one.patientId, other.patientId)).toBe(
      'Both records have an account of their own, so two people may sign in with them. They stay apart.',
    );
  });

  it('when either was merged before, naming where it went', async () => {
    const [one, two, three] = [
      await here().clinic.aPatient(),
      await here().clinic.aPatient(),
      await here().clinic.aPatient(),
    ];
    await merge(one, two);

    expect(await messageOf(three, two)).toBe('This record was merged into P-00001. Use that one.');
    expect(await messageOf(two, three)).toBe('This record was merged into P-00001. Use that one.');
    expect(await messageOf(one, two)).toBe('This record was merged into P-00001. Use that one.');
  });

  it('when appointments of both overlap, naming the time; nothing moves', async () => {
    const [keepId, mergeId] = [await here().clinic.aPatient(), await here().clinic.aPatient()];
    const colleague = await here().clinic.hire('DOCTOR');
    await book(keepId, '2030-03-05T02:00:00Z');
    await here().clinic.owner.ask(mutation.book, {
      input: {
        patientId: mergeId,
        doctorId: colleague.doctorId,
        serviceId: here().clinic.serviceId,
        startsAt: '2030-03-05T02:00:00Z',
      },
    });

    const answer = await merge(keepId, mergeId);

    expect(answer.userErrors).toEqual([
      {
        code: 'SLOT_TAKEN',
        message:
          'These records cannot be merged yet: both have an appointment on 5 March 2030 at 10:00. Move or cancel one of them first.',
        field: null,
      },
    ]);
    expect(
      await rows('select 1 from patient where merged_into is not null and clinic_id = $1', [here().clinic.id]),
    ).toEqual([]);
    expect(await rowsNaming(mergeId)).toMatchObject({ appointment: 1 });
  });

  it('when the one that stays is archived', async () => {
    const [keepId, mergeId] = [await here().clinic.aPatient(), await here().clinic.aPatient()];
    await here().clinic.owner.ask('mutation ($id: ID!) { archivePatient(id: $id) { userErrors { code } } }', {
      id: keepId,
    });

    expect(await messageOf(keepId, mergeId)).toBe('The record that stays is archived. Restore it first.');
    expect(await messageOf(mergeId, keepId)).toBeUndefined();
  });

  it('for records of another clinic, and by nurses, doctors and patients', async () => {
    const [keepId, mergeId] = [await here().clinic.aPatient(), await here().clinic.aPatient()];
    const input = { keepId, mergeId };
    const stranger = (await aClinic(here().server)).owner;
    const foreign = await (await aClinic(here().server)).aPatient();

    expect(await stranger.codeOf(mergePatients, { input })).toBe('NOT_FOUND');
    expect(await here().desk.client.codeOf(mergePatients, { input: { keepId, mergeId: foreign } })).toBe('NOT_FOUND');
    for (const { client } of [await here().clinic.hire('NURSE'), here().doctor, await here().clinic.enrol()])
      expect(await client.codeOf(mergePatients, { input })).toBe('FORBIDDEN');
  });
});

describe('a merged record', () => {
  it('takes no change, no appointment and no way back', async () => {
    const [keepId, mergeId] = [await here().clinic.aPatient(), await here().clinic.aPatient()];
    await merge(keepId, mergeId);
    const gone = 'This record was merged into P-00001. Use that one.';

    const update = await here().desk.client.ask(
      'mutation ($id: ID!) { answer: updatePatient(input: { patientId: $id, phone: null }) { userErrors { message } } }',
      { id: mergeId },
    );
    const restore = await here().clinic.owner.ask(
      'mutation ($id: ID!) { answer: restorePatient(id: $id) { userErrors { message } } }',
      { id: mergeId },
    );
    const booked = await book(mergeId, '2030-03-05T02:00:00Z');

    expect(update.answer.userErrors).toEqual([{ message: gone }]);
    expect(restore.answer.userErrors).toEqual([{ message: gone }]);
    expect(booked.data.answer.userErrors).toEqual([{ code: 'INVALID_INPUT', message: gone, field: ['patientId'] }]);
  });
});

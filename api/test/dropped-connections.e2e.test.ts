import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PoolKind } from '../src/platform/db/tenant.ts';
import { settled } from './support/client.ts';
import { aClinic, appointmentMutations, type TestClinic, type TestMember } from './support/clinic.ts';
import { query } from './support/database.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

const rounds = 3;
const kinds: PoolKind[] = ['staff', 'doctor', 'patient'];

let server: TestServerHandle;
let clinic: TestClinic;
let doctor: TestMember;

beforeAll(async () => {
  server = await startTestServer({ logLevel: 'silent' });
  clinic = await aClinic(server);
  doctor = await clinic.hire('DOCTOR');
});

afterAll(() => server.stop());

/** Ends every connection of the app to its database, in whatever it is doing. */
const dropAll = () =>
  query(
    server.database.adminUrl,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  );

const createPatient =
  'mutation { createPatient(input: { firstName: "Dropped", sex: FEMALE }) { patient { id } userErrors { code } } }';

describe('connections that are cut in the middle of their work', () => {
  it('take no place in the pools: all are free again afterwards', { timeout: 40_000 }, async () => {
    const patientId = await clinic.aPatient();
    const booking = {
      patientId,
      doctorId: doctor.doctorId,
      serviceId: clinic.serviceId,
      startsAt: '2030-03-05T02:00:00Z',
    };
    for (let round = 0; round < rounds; round += 1) {
      const state = { isOver: false };
      const writers = Array.from({ length: 8 }, async (_none, index) => {
        while (!state.isOver) {
          if (index % 3 === 0) await doctor.client.send(appointmentMutations.book, { input: booking });
          else await clinic.owner.send(createPatient);
        }
      });
      for (let cut = 0; cut < 5; cut += 1) {
        await settled(30);
        await dropAll();
      }
      state.isOver = true;
      await Promise.all(writers);
    }

    const places = kinds.map((kind) => {
      const { totalCount, idleCount, waitingCount } = server.runtime.db.pool(kind);
      return { kind, taken: totalCount - idleCount, waitingCount };
    });
    expect(places).toEqual(kinds.map((kind) => ({ kind, taken: 0, waitingCount: 0 })));
    expect((await clinic.owner.ask(createPatient)).createPatient.userErrors).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClinic, type TestClinic } from './support/clinic.ts';
import { TestClient } from './support/client.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;
let clinic: TestClinic;
let anyone: TestClient;

beforeAll(async () => {
  server = await startTestServer();
  clinic = await aClinic(server);
  anyone = new TestClient(server.url);
});

afterAll(() => server.stop());

const publicClinic = `query ($slug: String!) { publicClinic(slug: $slug) {
  slug name address phone timeZone currency
  services { id name durationMinutes price { amount currency } }
  doctors { id name specialty serviceIds } } }`;

const pageOf = async (slug: string, client: TestClient = anyone) =>
  (await client.ask(publicClinic, { slug })).publicClinic;

const change = (mutation: string, client: TestClient = clinic.owner) =>
  client.ask(`mutation { ${mutation} { userErrors { code message } } }`);

describe("a clinic's public page", () => {
  it('shows who can be booked there and for what, to anybody', async () => {
    const eyes = await clinic.hire('DOCTOR', 'Dr. Ana Reyes');
    const away = await clinic.hire('DOCTOR', 'Dr. Away');
    const all = await clinic.hire('DOCTOR', 'Dr. Ben Cruz');
    const { createService } = await clinic.owner.ask(
      'mutation { createService(input: { name: "Eye test", durationMinutes: 20, price: "450" }) { service { id } } }',
    );
    const eyeTest: string = createService.service.id;
    const { createService: second } = await clinic.owner.ask(
      'mutation { createService(input: { name: "Old test", durationMinutes: 20, price: "1" }) { service { id } } }',
    );
    await change(`updateService(input: { serviceId: "${second.service.id}", archived: true })`);
    await change(
      `updateDoctor(input: { doctorId: "${eyes.doctorId}", specialty: "Ophthalmology", licenceNumber: "77", serviceIds: ["${eyeTest}"] })`,
    );
    await change(`updateDoctor(input: { doctorId: "${away.doctorId}", active: false })`);
    await change(`updateClinic(input: { address: "1 Rizal Avenue", phone: "+639171234567" })`);

    expect(await pageOf(clinic.slug)).toEqual({
      slug: clinic.slug,
      name: 'Test Clinic',
      address: '1 Rizal Avenue',
      phone: '+639171234567',
      timeZone: 'Asia/Manila',
      currency: 'PHP',
      services: [
        {
          id: clinic.serviceId,
          name: 'Consultation',
          durationMinutes: 30,
          price: { amount: '600.00', currency: 'PHP' },
        },
        { id: eyeTest, name: 'Eye test', durationMinutes: 20, price: { amount: '450.00', currency: 'PHP' } },
      ],
      doctors: [
        { id: eyes.doctorId, name: 'Dr. Ana Reyes', specialty: 'Ophthalmology', serviceIds: [eyeTest] },
        { id: all.doctorId, name: 'Dr. Ben Cruz', specialty: null, serviceIds: [clinic.serviceId, eyeTest] },
      ],
    });
  });

  it('is the same for everybody who looks, of whatever role or clinic', async () => {
    const expected = await pageOf(clinic.slug);
    const other = await aClinic(server);
    const lookers = [
      clinic.owner,
      (await clinic.hire('NURSE')).client,
      (await clinic.enrol()).client,
      other.owner,
      (await other.enrol()).client,
    ];

    for (const client of lookers) expect(await pageOf(clinic.slug, client)).toEqual(expected);
  });

  it.each(['', 'no-such-clinic', '../admin', "x' or true --", 's'.repeat(10_000)])(
    'does not exist at %j',
    async (slug) => {
      expect(await pageOf(slug.slice(0, 10_000))).toBeNull();
    },
  );

  it('is found however its address is typed', async () => {
    expect((await pageOf(` ${clinic.slug.toUpperCase()} `)).slug).toBe(clinic.slug);
  });

  it('tells nothing else: settings, staff and patients are no part of it', async () => {
    const { errors } = await anyone.send(
      'query ($slug: String!) { publicClinic(slug: $slug) { settings { taxPercent } } }',
      { slug: clinic.slug },
    );

    expect(errors).toHaveLength(1);
    expect(await anyone.codeOf('{ doctors { licenceNumber } }')).toBe('UNAUTHENTICATED');
  });
});

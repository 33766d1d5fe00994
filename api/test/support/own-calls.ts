import { isObjectType, type GraphQLField, type GraphQLSchema } from 'graphql';
import { WEEKDAYS } from '../../src/platform/zone.ts';
import { fillArguments, withValueAt, type Wishes } from './filling.ts';
import { readPrintedMatrix } from './matrix.ts';
import { findNamingPlaces, type NamingPlace } from './naming.ts';
import { operationOf, type Operation } from './operations.ts';
import type { OwnObjects, Person, Place } from './two-clinics.ts';

/** A field of the schema, by the type that has it. */
export interface FieldName {
  type: string;
  field: string;
}

/** Writes calls that work: every argument is the caller's own, and whatever else a call needs is there. */
export class OwnCalls {
  readonly schema: GraphQLSchema;
  readonly places: readonly NamingPlace[];
  readonly #own: OwnObjects;
  readonly #home: Place;
  readonly #wishes: Wishes;
  readonly #ownAt: Readonly<Record<string, () => Promise<string>>>;
  readonly #matrix = readPrintedMatrix();

  constructor(schema: GraphQLSchema, home: Place, own: OwnObjects) {
    this.schema = schema;
    this.places = findNamingPlaces(schema).places;
    this.#home = home;
    this.#own = own;
    this.#wishes = wishesFor(own);
    this.#ownAt = {
      'Mutation.updateMembership.membershipId': () => own.of('Membership', home.people.NURSE),
      // The visit that is named with it is this patient's.
      'Mutation.createUpload.patientId': () => Promise.resolve(home.patient.patientId),
      'Mutation.restorePatient.id': () => this.#archivedRecord(),
      'Mutation.rescheduleAppointment.appointmentId': () => own.booked(),
      'Mutation.markNoShow.appointmentId': () => own.missed(),
      'Mutation.checkIn.appointmentId': () => own.visits.expected(),
      'Mutation.createBill.appointmentId': () => own.bills.seen(),
      'Mutation.markTreated.appointmentId': () => own.bills.seen(),
      'Mutation.undoCheckIn.appointmentId': () => own.visits.checkedIn(),
      'Mutation.returnToQueue.visitId': () => own.visits.called(),
      'Mutation.recordConsultation.visitId': () => own.visits.running(),
      'Mutation.completeConsultation.visitId': () => own.visits.running(),
      'Mutation.createPrescription.visitId': () => own.visits.running(),
      'Mutation.addAddendum.visitId': () => own.visits.completed(),
      // Nobody waits twice for the same.
      'Mutation.joinWaitlist.serviceId': () => own.waiting.serviceNobodyWaitsFor(),
      'Mutation.acceptWaitlistOffer.id': () => own.waiting.offered(),
      'Mutation.declineWaitlistOffer.id': () => own.waiting.offered(),
    };
  }

  mayCall({ type, field }: FieldName, { role }: Person): boolean {
    return this.#matrix.get(`${type}.${field}`)?.has(role) === true;
  }

  fieldOf({ type, field }: FieldName): GraphQLField<unknown, unknown> {
    const found = this.schema.getType(type);
    const wanted = isObjectType(found) ? found.getFields()[field] : undefined;
    if (wanted === undefined) throw new Error(`There is no ${type}.${field}.`);
    return wanted;
  }

  /** Of a mutation a fresh object each time, since it may be used up; for a read always the same. */
  idFor(place: NamingPlace, person: Person, isFresh = place.type === 'Mutation'): Promise<string> {
    if (!isFresh) return this.#own.known(place.kind, person);
    const special = this.#ownAt[`${place.type}.${place.field}.${place.path.at(-1)}`];
    if (special !== undefined) return special();
    return this.#own.of(place.kind, person);
  }

  /** Arguments that work: of a mutation all ids that it can take, of a read those that it must have. */
  async argumentsFor(
    { type, field }: FieldName,
    person: Person,
    isFresh = type === 'Mutation',
  ): Promise<Record<string, unknown>> {
    const { slug } = this.#home.clinic;
    const wishes = {
      ...this.#wishes,
      ...(person.role === 'signed out' && { 'Query.availableSlots.slug': () => slug }),
    };
    let args = fillArguments(type, this.fieldOf({ type, field }), wishes);
    for (const place of this.places) {
      if (place.type !== type || place.field !== field || place.kind === 'Cursor') continue;
      const isMissing = place.path.length === 1 && args[place.path[0] ?? ''] === null;
      if (type === 'Mutation' || isMissing)
        args = withValueAt(args, place.path, valueAt(place, await this.idFor(place, person, isFresh)));
    }
    return args;
  }

  /** For a field of an object: one of the caller's own that has it. */
  async parentFor({ type }: FieldName, person: Person): Promise<string | undefined> {
    return isRoot(type) ? undefined : this.#own.known(type, person);
  }

  /** A call that selects what this person may read. */
  operation(
    { type, field }: FieldName,
    person: Person,
    call: { args: Record<string, unknown>; parentId?: string | undefined; expected?: string; depth: number },
  ): Operation {
    const mayRead = (name: string) => this.#matrix.get(name)?.has(person.role) === true;
    return operationOf(this.schema, { type, field, ...call }, { mayRead, depth: call.depth });
  }

  async #archivedRecord(): Promise<string> {
    const id = await this.#own.of('Patient', this.#home.people.OWNER);
    await this.#home.clinic.owner.ask('mutation ($id: ID!) { archivePatient(id: $id) { userErrors { code } } }', {
      id,
    });
    return id;
  }
}

export const isRoot = (type: string): boolean => ['Query', 'Mutation', 'Subscription'].includes(type);

/** An id as it stands at its place: alone, or in a list. */
export const valueAt = (place: NamingPlace, id: string): unknown => (place.isList ? [id] : id);

const wholeWeek = WEEKDAYS.map((weekday) => ({ weekday, startsAt: '09:00', endsAt: '17:00', slotMinutes: 30 }));

/** What calls need beside ids to have their effect. */
const wishesFor = (own: OwnObjects): Wishes => ({
  // Long after everything that is booked here.
  'AddTimeOffInput.startsAt': () => '2031-01-01T00:00:00Z',
  'AddTimeOffInput.endsAt': () => '2031-01-02T00:00:00Z',
  'CreateUploadInput.contentType': () => 'image/png',
  'BookAppointmentInput.startsAt': () => own.freeTime(),
  'CreatePrescriptionInput.overrideWarnings': () => true,
  'RecordPayoutInput.amount': () => '0.01',
  'CreateBillInput.items': () => [{ description: 'Own', unitPrice: '10' }],
  'UpdateBillInput.items': () => [{ description: own.freshText(), unitPrice: '10' }],
  'InviteStaffInput.email': () => own.freshEmail(),
  'InviteStaffInput.role': () => 'NURSE',
  'Mutation.invitePatient.email': () => own.freshEmail(),
  'NotificationPreferencesInput.email': () => true,
  'RegisterClinicInput.email': () => own.freshEmail(),
  'RegisterClinicInput.slug': () => own.freshSlug(),
  'RegisterPatientInput.email': () => own.freshEmail(),
  'RequestAppointmentInput.startsAt': () => own.freeTime(),
  'RescheduleAppointmentInput.startsAt': () => own.freeTime(),
  'SetScheduleInput.blocks': () => wholeWeek,
  'UpdateDoctorInput.specialty': () => own.freshText(),
  'UpdateMembershipInput.active': () => true,
  'UpdatePatientInput.address': () => own.freshText(),
  'UpdateServiceInput.name': () => own.freshText(),
});

import {
  getNamedType,
  getNullableType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

/** A place in the schema where a caller names an object: an id, a key, a cursor. */
export interface NamingPlace {
  /** The type and the field that take it, such as Mutation and bookAppointment. */
  type: string;
  field: string;
  /** From the argument inwards, such as input, doctorId. */
  path: string[];
  isList: boolean;
  /** What it names: a kind of object, or where in a list. */
  kind: string;
}

/** What ids name whose own names do not say it. A new one that says nothing stops the sweep until it stands here. */
const idsOf: Readonly<Record<string, string>> = {
  'Mutation.archivePatient.id': 'Patient',
  'Query.auditLog.filter.actorId': 'User',
  'Query.auditLog.filter.subjectId': 'Patient',
  'Mutation.restorePatient.id': 'Patient',
  'Mutation.mergePatients.input.keepId': 'Patient',
  'Mutation.mergePatients.input.mergeId': 'Patient',
  'Mutation.removeAttachment.id': 'Attachment',
  'Mutation.removeTimeOff.id': 'TimeOff',
  'Mutation.revokeSession.id': 'Session',
  'Mutation.markNotificationsRead.ids': 'Notification',
  'Mutation.undoImport.importId': 'PatientImport',
  'Mutation.voidPrescription.id': 'Prescription',
  'Mutation.voidBill.id': 'Bill',
  'Mutation.leaveWaitlist.id': 'WaitlistEntry',
  'Mutation.acceptWaitlistOffer.id': 'WaitlistEntry',
  'Mutation.declineWaitlistOffer.id': 'WaitlistEntry',
};

/** Texts that name something although they are no ids. */
const textsOf: Readonly<Record<string, string>> = {
  after: 'Cursor',
  before: 'Cursor',
  'Query.importProgress.key': 'ImportProgress',
};

/** Texts that sound like keys and name nothing that could be somebody else's, each with its reason. */
export const namingNothing: Readonly<Record<string, string>> = {
  'ImportPatientsInput.progressKey': 'a name of the caller’s own, made up for what they are about to do',
  'Mutation.breakGlass.recordNumber':
    'a number that every clinic has; that another clinic’s is as unknown as none is held by break-glass.e2e.test.ts',
  'Query.availableSlots.slug': 'a clinic’s address on the web is public, and so are its free slots',
  'Query.publicClinic.slug': 'a clinic’s address on the web is public',
  'RegisterClinicInput.slug': 'a new clinic’s address on the web',
  'RegisterPatientInput.clinicSlug': 'a clinic’s address on the web is public',
  'SignInInput.clinicSlug': 'a clinic’s address on the web is public; only members get in',
  'UpdateClinicInput.taxNumber': 'printed on bills; nothing is found by it',
  'UpdateDoctorInput.licenceNumber': 'a property of the doctor; nothing is found by it',
};

/** Fields of objects that no id leads to, so that nobody can ask for them alone; each with what stands for it. */
export const behindNoNode: Readonly<Record<string, string>> = {
  'Earnings.payments': 'behind no node; the very list that Query.payments answers with, narrowed to one doctor',
};

const soundsLikeKey = /^(after|before)$|(slug|key|ref|code|number|cursor)s?$/i;
const secrets = /^(totpCode|code)$/;

export interface Placed {
  type: GraphQLObjectType;
  field: GraphQLField<unknown, unknown>;
}

/** Every field of the schema that takes arguments. */
export function fieldsWithArguments(schema: GraphQLSchema): Placed[] {
  return Object.values(schema.getTypeMap())
    .filter((type): type is GraphQLObjectType => isObjectType(type) && !isIntrospectionType(type))
    .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })))
    .filter(({ field }) => field.args.length > 0);
}

/** Every place where the schema lets a caller name an object, and the places of which nobody said what they name. */
export function findNamingPlaces(schema: GraphQLSchema): { places: NamingPlace[]; unknown: string[] } {
  const kinds = nodeKinds(schema);
  const places: NamingPlace[] = [];
  const unknown: string[] = [];
  for (const { type, field } of fieldsWithArguments(schema)) {
    for (const leaf of field.args.flatMap((argument) => leavesOf(argument, [], type.name + '.' + field.name))) {
      const kind = kindOfLeaf(leaf, { type, field }, kinds);
      if (kind === null) continue;
      if (kind === 'unknown') unknown.push(`${type.name}.${field.name}.${leaf.path.join('.')}`);
      else if (kind === 'Node')
        for (const each of kinds) places.push({ ...placeOf(leaf, { type, field }), kind: each });
      else places.push({ ...placeOf(leaf, { type, field }), kind });
    }
  }
  return { places, unknown };
}

/** The types that `node` fetches again. */
export function nodeKinds(schema: GraphQLSchema): string[] {
  const node = schema.getType('Node');
  if (!isInterfaceType(node)) throw new Error('The schema lost its Node.');
  return schema.getPossibleTypes(node).map((type) => type.name);
}

export const nameOfPlace = ({ type, field, path, kind }: NamingPlace): string =>
  `${type}.${field}(${path.join('.')}: ${kind})`;

interface Leaf {
  path: string[];
  /** The type that holds it and its name there: BookAppointmentInput.doctorId, Query.patient.id. */
  name: string;
  type: GraphQLInputType;
}

function leavesOf({ name, type }: GraphQLArgument | GraphQLInputField, path: string[], holder: string): Leaf[] {
  const named = getNamedType(type);
  const here = [...path, name];
  if (!isInputObjectType(named)) return [{ path: here, name: `${holder}.${name}`, type }];
  return Object.values(named.getFields()).flatMap((field) => leavesOf(field, here, named.name));
}

const placeOf = ({ path, type: inputType }: Leaf, { type, field }: Placed): Omit<NamingPlace, 'kind'> => ({
  type: type.name,
  field: field.name,
  path,
  isList: isListType(getNullableType(inputType)),
});

function kindOfLeaf(leaf: Leaf, { type, field }: Placed, kinds: readonly string[]): string | null {
  const name = leaf.path.at(-1) ?? '';
  const named = getNamedType(leaf.type).name;
  if (named === 'String') {
    const known = textsOf[leaf.name] ?? textsOf[name];
    if (known !== undefined) return known;
    return soundsLikeKey.test(name) && !secrets.test(name) && namingNothing[leaf.name] === undefined ? 'unknown' : null;
  }
  if (named !== 'ID') return null;
  const stated = idsOf[`${type.name}.${field.name}.${leaf.path.join('.')}`];
  if (stated !== undefined) return stated;
  const spoken = name.replace(/Ids?$/, '');
  const capital = spoken.charAt(0).toUpperCase() + spoken.slice(1);
  if (kinds.includes(capital)) return capital;
  const answered = getNamedType(field.type).name;
  return /^ids?$/.test(name) && (kinds.includes(answered) || answered === 'Node') ? answered : 'unknown';
}

import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionTypes } from '../../platform/graphql/connection.ts';
import { Node } from '../../platform/graphql/node.ts';
import { UserError } from '../../platform/graphql/payload.ts';
import { DateTimeScalar, URLScalar } from '../../platform/graphql/scalars.ts';
import { User } from '../accounts/index.ts';
import { Patient } from '../patients/index.ts';
import { Visit } from '../visits/index.ts';

@ObjectType({ implements: Node, description: 'A file of a patient: a PDF, PNG, JPEG, WebP or DICOM file.' })
export class Attachment extends Node {
  @Field(() => String) fileName!: string;
  @Field(() => String) contentType!: string;
  @Field(() => Int, { description: 'Bytes.' }) size!: number;
  @Field(() => URLScalar, { description: 'A signed link, valid for minutes.' }) url?: string;
  @Field(() => User, { nullable: true, description: "Null when it came through a partner's key." })
  uploadedBy?: object | null;

  @Field(() => Patient) patient!: object;
  @Field(() => Visit, { nullable: true }) visit!: object | null;
  @Field(() => DateTimeScalar) createdAt!: Date;
}

export const { ConnectionType: AttachmentConnection } = connectionTypes('Attachment', () => Attachment, 'files');

@InputType()
export class CreateUploadInput {
  @Field(() => ID) patientId!: string;
  @Field(() => ID, { nullable: true, description: 'One of the patient’s; left out for a file of no visit.' }) visitId?:
    string | null;

  @Field(() => String, { description: 'Its last part is kept, with an ending that fits what it is.' })
  fileName!: string;
  @Field(() => String, {
    description: 'application/pdf, image/png, image/jpeg, image/webp or application/dicom: held against the bytes.',
  })
  contentType!: string;

  @Field(() => Int, { description: 'Bytes; 25 MB at most.' }) size!: number;
}

@ObjectType()
export class UploadPayload {
  @Field(() => Attachment, { nullable: true }) attachment?: object | null;
  @Field(() => URLScalar, {
    nullable: true,
    description: 'PUT the bytes here within 15 minutes, with the content type as given.',
  })
  uploadUrl?: string | null;

  @Field(() => [UserError]) userErrors!: UserError[];
}

@ObjectType()
export class AttachmentPayload {
  @Field(() => Attachment, { nullable: true, description: 'Null once it is gone from the record.' })
  attachment?: object | null;

  @Field(() => [UserError]) userErrors!: UserError[];
}

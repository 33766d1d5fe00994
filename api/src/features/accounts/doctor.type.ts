import { Field, ObjectType } from 'type-graphql';
import { UserError } from '../../platform/graphql/payload.ts';
import { Doctor } from './account.type.ts';

@ObjectType()
export class DoctorPayload {
  @Field(() => Doctor, { nullable: true }) doctor?: object | null;
  @Field(() => [UserError]) userErrors!: UserError[];
}

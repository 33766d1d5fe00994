import { defineEntity, p } from '@mikro-orm/postgresql';

/** What would have left the building, where no mail server is set. Development and demo only. */
export const CapturedMessageEntity = defineEntity({
  name: 'CapturedMessage',
  tableName: 'captured_message',
  properties: {
    id: p.uuid().primary(),
    channel: p.text(),
    recipient: p.text(),
    subject: p.text(),
    body: p.text(),
    at: p.datetime(),
  },
});

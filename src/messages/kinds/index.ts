import type { KindName } from '../outbox.ts';
import { batch } from './batch.ts';
import { decision } from './decision.ts';
import { digest } from './digest.ts';
import { edit } from './edit.ts';
import { elsewhere } from './elsewhere.ts';
import type { MessageKind } from './kind.ts';
import { reason } from './reason.ts';
import { reminder } from './reminder.ts';
import { sentBack } from './sent-back.ts';
import { submission, takenOn } from './submission.ts';
import { team } from './team.ts';

/** Every kind of message, by the name that the outbox knows it by; a home tab is published, not posted: `home.ts`. */
export const KIND: Readonly<Record<Exclude<KindName, 'home'>, MessageKind>> = {
  submission,
  'taken-on': takenOn,
  decision,
  reason,
  'sent-back': sentBack,
  edit,
  batch,
  team,
  elsewhere,
  reminder,
  digest,
};

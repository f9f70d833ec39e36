import { cancelEdit } from '../../../edits/save.ts';
import { cancel, cancelRest, letGo, tryNow } from '../../../submissions/request.ts';
import { pressedMessage } from '../../answers/buttons.ts';
import { ACTION } from '../../ids.ts';
import { type ActionListeners, answered } from '../listener.ts';

/** Buttons that take something back or end a wait. */
export const cancelButtons: ActionListeners = {
  // *Cancel*: takes back what hasn't been sent yet.
  [ACTION.cancel]: answered(async (bot, input) => pressedMessage(await cancel(bot, input))),
  // *Cancel* of a change of a deal: neither it nor a submission that is to follow goes out.
  [ACTION.cancelEdit]: answered(async (bot, input) => pressedMessage(await cancelEdit(bot, input))),
  // *Cancel the rest*: takes back what of a batch hasn't been sent yet.
  [ACTION.cancelRest]: answered(async (bot, { id, who }) =>
    pressedMessage(await cancelRest(bot, { batchId: id, who })),
  ),
  // *Try now*: what waits for AWS is tried at once.
  [ACTION.tryNow]: answered(async (bot, input) => pressedMessage(await tryNow(bot, input))),
  // *Let it go*: ends the wait for what reading couldn't settle.
  [ACTION.letGo]: answered(async (bot, input) => pressedMessage(await letGo(bot, input))),
};

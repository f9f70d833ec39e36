import type { Action } from '../action.ts';
import { databaseActions } from './databases.ts';
import { machineActions } from './machines.ts';
import { peopleActions } from './people.ts';
import { awsActions, slackActions } from './services.ts';

/** Everything that can happen in a run. Their order matters for what a seed means. */
export const actions: readonly Action[] = [
  ...peopleActions,
  ...awsActions,
  ...slackActions,
  ...machineActions,
  ...databaseActions,
];

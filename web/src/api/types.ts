// The shapes of what the server is asked and answers, by the contract, and those that pages name otherwise or know more
// narrowly. Pages take them from here.
import type * as contract from './contract.gen';

export type * from './contract.gen';

// The DOM has an Event of its own.
export type EventRow = contract.Event;

// Which of the two it is, `known` says.
export type Explained = contract.Explanation & { known: true };
export type ExplainedStranger = contract.UnknownExplanation & { known: false };

export type Fleet = Omit<contract.Fleet, 'by_state'> & { by_state: Partial<Record<contract.DeviceState, number>> };

export type ImportJob = contract.Import;
export type RowProblem = contract.ImportProblem;

/** The core of the gate: a verdict from an unknown set of participants. */
export { type Claim, closeAt, initialRound, type Outcome, type Progress, type Recorded, type RoundState } from './state';
export { concerns, evolve } from './evolve';
export { merge } from './merge';
export { type Clock, decide, type Decision, unreachableTypes, type WaitReason, type Windows } from './decide';
export { type Joined, type Observation, observe, observedTypes, openStatus } from './observe';
export { type Participant, type ParticipantKind, participantsOf, type ParticipantsExtra } from './participants';
export { type Conflict, conflictsOf } from './conflicts';
export { type Closing, digestOf, type Included, judge, type JudgeInput, type Verdict, withoutReport } from './judge';
export { executed, withChange } from './counterfactuals';
export { type Change, type Counterfactual, type Explanation, type FactChange, type RenderedExplanation } from './explanation';
export { renderExplanation } from './render-explanation';
export { explainOpen, type OpenInput } from './explain-open';
export { type Language } from './phrases';
export { checkPolicy, type CheckedPolicy, expressionFaultsIn, type PolicyFault } from './check-policy';
export { type Simulation, type SimulationInput, simulateWindow } from './simulate-window';

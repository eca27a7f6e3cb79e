/** The public HTTP API for programs. */
export {
  ApiClient,
  type ApiClientOptions,
  type Ask,
  type Compared,
  type FactsQuery,
  type FindingsQuery,
  type TasksQuery,
  type DeadLettersQuery,
} from './api-client';
export { ApiProblem, isPassing, StrangeAnswer, Unreachable } from './failures';
export { problemIn } from './read-answer';
export { type Connection, type FollowOptions, type PositionedFact } from './follow';
export { items, pages } from './pages';
export { backoffMs, type Pace, realPace } from './pace';
export { type Download, type PackageEntry, type PackageIndex, type Page, type PolicyRevision, type Readiness } from './documents';
export { uploadAddress, type UploadFields, type UploadSource } from './upload';

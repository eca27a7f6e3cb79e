/** All SQL rules, in the order of their pages. */
import { divisionWithoutGuard } from './conditions/division-without-guard.rule';
import { hardcodedDate } from './conditions/hardcoded-date.rule';
import { leadingWildcard } from './conditions/leading-wildcard.rule';
import { notInSubquery } from './conditions/not-in-subquery.rule';
import { nullComparison } from './conditions/null-comparison.rule';
import { positionalReference } from './conditions/positional-reference.rule';
import { commaJoin } from './joins/comma-join.rule';
import { joinOnOr } from './joins/join-on-or.rule';
import { joinWithoutCondition } from './joins/join-without-condition.rule';
import { limitWithoutOrder } from './reads/limit-without-order.rule';
import { orderByWithoutLimit } from './reads/order-by-without-limit.rule';
import { selectStar } from './reads/select-star.rule';
import { unionDistinct } from './reads/union-distinct.rule';
import { type SqlRule } from './rule';
import { broadGrant } from './security/broad-grant.rule';
import { dangerousCommand } from './security/dangerous-command.rule';
import { plainTextSecret } from './security/plain-text-secret.rule';
import { unsafeSetting } from './security/unsafe-setting.rule';
import { danglingOperator } from './syntax/dangling-operator.rule';
import { emptyClause } from './syntax/empty-clause.rule';
import { emptyListItem } from './syntax/empty-list-item.rule';
import { misspelledVerb } from './syntax/misspelled-verb.rule';
import { unbalancedParentheses } from './syntax/unbalanced-parentheses.rule';
import { unclosedCase } from './syntax/unclosed-case.rule';
import { unterminated } from './syntax/unterminated.rule';
import { bareSuppression } from './text/bare-suppression.rule';
import { fullwidthCharacter } from './text/fullwidth-character.rule';
import { missingHeader } from './text/missing-header.rule';
import { destructiveStatement } from './writes/destructive-statement.rule';
import { dropWithoutIfExists } from './writes/drop-without-if-exists.rule';
import { insertWithoutColumns } from './writes/insert-without-columns.rule';
import { overwriteSelfRead } from './writes/overwrite-self-read.rule';
import { overwriteWithoutPartition } from './writes/overwrite-without-partition.rule';
import { unboundedWrite } from './writes/unbounded-write.rule';

export const sqlRules: readonly SqlRule[] = [
  // Of the syntax rules the first one that speaks about a statement is heard, so the plainest come first.
  unterminated,
  unbalancedParentheses,
  misspelledVerb,
  emptyListItem,
  emptyClause,
  danglingOperator,
  unclosedCase,
  fullwidthCharacter,
  unboundedWrite,
  destructiveStatement,
  dropWithoutIfExists,
  overwriteWithoutPartition,
  overwriteSelfRead,
  insertWithoutColumns,
  joinWithoutCondition,
  commaJoin,
  joinOnOr,
  nullComparison,
  notInSubquery,
  leadingWildcard,
  divisionWithoutGuard,
  hardcodedDate,
  positionalReference,
  selectStar,
  orderByWithoutLimit,
  limitWithoutOrder,
  unionDistinct,
  plainTextSecret,
  dangerousCommand,
  broadGrant,
  unsafeSetting,
  missingHeader,
  bareSuppression,
];

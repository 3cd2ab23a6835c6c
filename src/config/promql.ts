import { createRequire } from 'node:module';
import type { SyntaxNode } from '@lezer/common';
import type { LRParser } from '@lezer/lr';
import { nearest } from './nearest';
import {
  aggregationParameters,
  experimentalAggregations,
  promqlFunctions,
  type PromqlType,
} from './promql-functions';
import { checkSelector, PromqlFault, unquoted } from './promql-selectors';

/**
 * Why Prometheus would refuse an expression as the condition of an alert, or undefined where it takes it.
 *
 * The grammar is that of Prometheus' own editor; types are judged as its parser does. Prometheus' checker for editors
 * knows both, and would bring an editor for browsers with it.
 * @see https://prometheus.io/docs/prometheus/latest/querying/basics/
 */
export function promqlProblem(expression: string): string | undefined {
  try {
    const type = new Judge(expression).type();
    return type === 'scalar' || type === 'vector'
      ? undefined
      : `a ${named(type)} is no condition; an alert needs a single value of each series`;
  } catch (error) {
    if (error instanceof PromqlFault) return error.message;
    throw error;
  }
}

const comparisons = new Set(['==', '!=', '<', '<=', '>', '>=']);
const sets = new Set(['and', 'or', 'unless']);
const experimental = new Set(['SmoothedExpr', 'AnchoredExpr', 'FillModifier']);

function named(type: PromqlType): string {
  return { scalar: 'number', vector: 'vector', matrix: 'range of time', string: 'text' }[type];
}

/** Loaded with the first expression: most configurations have none, and it takes longer than all else that is checked. */
const load = createRequire(__filename);

/** Judges one expression; the first fault ends it. */
class Judge {
  constructor(private readonly expression: string) {}

  private readonly text = ({ from, to }: { readonly from: number; readonly to: number }): string =>
    this.expression.slice(from, to);

  type(): PromqlType {
    const { parser } = load('@prometheus-io/lezer-promql') as { readonly parser: LRParser };
    const tree = parser.parse(this.expression);
    tree.iterate({
      enter: ({ type, from, to, node }) => {
        if (type.isError) throw this.syntaxFault(from, to, node);
        if (experimental.has(type.name)) throw new PromqlFault(`${this.text({ from, to })} is experimental`);
        if (type.name === 'DurationExpr' || type.name === 'OffsetDurationExpr') this.checkDuration(node);
      },
    });
    const top = tree.topNode.firstChild;
    if (top === null) throw new PromqlFault('it ends too early');
    return this.typeOf(top);
  }

  private syntaxFault(from: number, to: number, { parent }: SyntaxNode): PromqlFault {
    const call = /^([a-z_0-9]+)\s*\(/i.exec(this.expression.slice(parent?.from ?? from));
    if (parent?.name === 'VectorSelector' && call?.[1] !== undefined && !promqlFunctions.has(call[1])) {
      const near = nearest(call[1], [...promqlFunctions.keys()]);
      return new PromqlFault(
        `there is no function ${call[1]}${near === undefined ? '' : `; did you mean ${near}?`}`,
      );
    }
    const rest = this.expression.slice(from, Math.max(to, from + 20)).trim();
    return new PromqlFault(rest === '' ? 'it ends too early' : `it cannot be read from "${rest}" on`);
  }

  private typeOf(node: SyntaxNode): PromqlType {
    switch (node.name) {
      case 'NumberDurationLiteral':
        return 'scalar';
      case 'StringLiteral':
        unquoted(this.text(node));
        return 'string';
      case 'VectorSelector':
        checkSelector(node, this.text);
        return 'vector';
      case 'ParenExpr':
        return this.typeOf(this.operands(node)[0] ?? node);
      case 'UnaryExpr':
        return this.expect(
          this.operands(node)[0],
          ['scalar', 'vector'],
          'a sign stands before a number or a vector',
        );
      case 'MatrixSelector':
        return this.matrix(node);
      case 'SubqueryExpr':
        this.expect(this.operands(node)[0], ['vector'], 'a subquery is over a vector');
        return 'matrix';
      case 'OffsetExpr':
      case 'StepInvariantExpr':
        return this.moved(node);
      case 'AggregateExpr':
        return this.aggregation(node);
      case 'FunctionCall':
        return this.call(node);
      case 'BinaryExpr':
        return this.binary(node);
      default:
        throw new PromqlFault(`${this.text(node)} cannot be an expression`);
    }
  }

  /** The expressions directly below a node. */
  private operands(node: SyntaxNode): SyntaxNode[] {
    return node.getChildren('Expr');
  }

  private expect(
    node: SyntaxNode | null | undefined,
    wanted: readonly PromqlType[],
    otherwise: string,
  ): PromqlType {
    if (node === null || node === undefined) throw new PromqlFault(`${otherwise}; there is nothing`);
    const type = this.typeOf(node);
    if (!wanted.includes(type)) {
      throw new PromqlFault(`${otherwise}; ${this.text(node)} is a ${named(type)}`);
    }
    return type;
  }

  private matrix(node: SyntaxNode): PromqlType {
    const [selector] = this.operands(node);
    if (selector?.name !== 'VectorSelector') {
      throw new PromqlFault(
        `a range such as [5m] stands after a metric; after ${this.text(selector ?? node)} it is [5m:]`,
      );
    }
    this.typeOf(selector);
    return 'matrix';
  }

  private moved(node: SyntaxNode): PromqlType {
    const [operand] = this.operands(node);
    const inner = operand ?? node;
    const chained = ['VectorSelector', 'MatrixSelector', 'SubqueryExpr', 'OffsetExpr', 'StepInvariantExpr'];
    if (!chained.includes(inner.name)) {
      throw new PromqlFault(
        `offset and @ stand after a metric, a range or a subquery, not after ${this.text(inner)}`,
      );
    }
    return this.typeOf(inner);
  }

  private aggregation(node: SyntaxNode): PromqlType {
    const name = this.text(node.getChild('AggregateOp') ?? node).toLowerCase();
    if (experimentalAggregations.has(name)) throw new PromqlFault(`${name} is experimental`);
    const given = this.operands(node.getChild('FunctionCallBody') ?? node);
    const parameter = aggregationParameters.get(name);
    const wanted = parameter === undefined ? 1 : 2;
    if (given.length !== wanted) {
      throw new PromqlFault(
        `${name} takes ${wanted === 1 ? 'one argument' : 'two arguments'}, not ${given.length}`,
      );
    }
    if (parameter !== undefined) {
      this.expect(given[0], [parameter], `${name} takes a ${named(parameter)} first`);
    }
    return this.expect(given.at(-1), ['vector'], `${name} is over a vector`);
  }

  private call(node: SyntaxNode): PromqlType {
    const name = this.text(node.getChild('FunctionIdentifier') ?? node);
    const signature = promqlFunctions.get(name);
    if (signature === undefined) throw new PromqlFault(`${name} is experimental`);
    const { takes, optional = 0, repeats = false, gives } = signature;
    const given = this.operands(node.getChild('FunctionCallBody') ?? node);
    if (given.length < takes.length - optional || (!repeats && given.length > takes.length)) {
      const least = takes.length - optional;
      const form = repeats
        ? `at least ${least}`
        : optional > 0
          ? `${least} to ${takes.length}`
          : `${takes.length}`;
      throw new PromqlFault(`${name} takes ${form} arguments, not ${given.length}`);
    }
    given.forEach((argument, i) => {
      const type = takes[Math.min(i, takes.length - 1)] ?? 'vector';
      const example = type === 'matrix' ? ', such as metric[5m]' : '';
      this.expect(argument, [type], `${name} takes a ${named(type)}${example}`);
    });
    return gives;
  }

  private binary(node: SyntaxNode): PromqlType {
    const [left, right] = this.operands(node);
    const sides = [left, right].map((side) =>
      this.expect(side, ['scalar', 'vector'], 'an operator stands between numbers and vectors'),
    );
    const operator = this.text(left?.nextSibling ?? node).toLowerCase();
    const scalars = sides.filter((type) => type === 'scalar').length;
    const bool = node.getChild('BoolModifier');
    const matching =
      node.getChild('MatchingModifierClause') ?? bool?.getChild('MatchingModifierClause') ?? null;
    if (comparisons.has(operator)) {
      if (scalars === 2 && bool?.getChild('Bool') == null) {
        throw new PromqlFault(`two numbers are compared with bool: ${operator} bool`);
      }
    } else if (bool?.getChild('Bool') != null) {
      throw new PromqlFault(`bool stands after a comparison, not after ${operator}`);
    }
    if (sets.has(operator) && scalars > 0) throw new PromqlFault(`${operator} stands between two vectors`);
    if (matching !== null) this.checkMatching(matching, operator, scalars);
    return scalars === 2 ? 'scalar' : 'vector';
  }

  private checkMatching(clause: SyntaxNode, operator: string, scalars: number): void {
    if (scalars > 0) throw new PromqlFault('on and ignoring stand between two vectors');
    const grouped = clause.getChild('GroupLeft') ?? clause.getChild('GroupRight');
    if (grouped === null) return;
    if (sets.has(operator)) throw new PromqlFault(`${operator} takes no group_left and no group_right`);
    if (clause.getChild('On') === null) return;
    const [matched = [], included = []] = clause
      .getChildren('GroupingLabels')
      .map((labels) => labels.getChildren('LabelName').map(this.text));
    const both = matched.find((label) => included.includes(label));
    if (both !== undefined) throw new PromqlFault(`the label ${both} stands in on and in the group`);
  }

  private checkDuration(node: SyntaxNode): void {
    const text = this.text(node).replace(/^[-+]/, '').trim();
    const form =
      /^(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|(?=.)(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m(?!s))?(?:\d+s)?(?:\d+ms)?)$/;
    if (!form.test(text)) throw new PromqlFault(`${text} is no duration such as 5m or 1h30m`);
    if (node.name === 'DurationExpr' && !/[1-9]/.test(text))
      throw new PromqlFault('a duration is longer than 0');
  }
}

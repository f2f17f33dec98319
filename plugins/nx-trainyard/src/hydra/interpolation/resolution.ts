import type { Diagnostic, Location } from '../../diagnostics';
import { DiagnosticError, isException, throwDiagnostic } from '../../diagnostics';
import { Dict } from '../../yaml/value/dict';
import type { YamlString, YamlValue } from '../../yaml/value/value';
import { str } from '../../yaml/value/value';
import type { ConfigContainer, ConfigNode } from '../config/config';
import { isInterpolation, malformed } from '../config/config';
import type {
  Element,
  Interpolation,
  NodeInterpolation,
  ResolverInterpolation,
} from '../grammar/ast';
import { parseText } from '../grammar/parse';
import { GrammarProblem } from '../grammar/problem';
import { locationWithin } from '../../yaml/value/scalar-location';
import { pythonStr } from '../../yaml/value/python-text';
import { className } from '../config/class-name';
import { selectInterpolated } from './select';

/** What a resolver is called with. */
export interface ResolverCall {
  /** The string in which the interpolation stands, and its container. */
  readonly node: YamlString;
  readonly container: ConfigContainer;
  readonly location: Location | undefined;
  readonly resolution: Resolution;
}

/**
 * What `${name:…}` calls. It refuses with a DiagnosticError; an id that is not one of OmegaConf's
 * interpolation errors is reported as an `InterpolationResolutionError`.
 */
export type Resolver = (args: readonly YamlValue[], call: ResolverCall) => YamlValue;

/** Deeper chains of interpolations than this are taken for endless ones. */
const DEEPEST = 200;

/** Whether the error says that an interpolation cannot be resolved, and not that it is malformed. */
export function isResolutionError(cause: unknown): cause is DiagnosticError {
  return (
    cause instanceof DiagnosticError &&
    cause.diagnostics.every(({ id }) => isException(id, 'interpolation'))
  );
}

/** What a resolution may depend on besides the config. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly warn: (warning: Diagnostic) => void;
  readonly resolvers: ReadonlyMap<string, Resolver>;
  /** Whether errors are going to be read: hints cost more than everything else. */
  readonly hints: boolean;
}

/** The resolving of one interpolation with everything that it leads to. (OmegaConf 2.2) */
export class Resolution {
  readonly surroundings: Surroundings;
  /** Equal text in the same container has the same value, so a repetition never ends. */
  readonly #open: { readonly container: ConfigContainer; readonly text: string }[] = [];

  constructor(surroundings: Surroundings) {
    this.surroundings = surroundings;
  }

  /** The value of a node of `container`: itself, unless it is an interpolation. */
  resolve(node: ConfigNode, container: ConfigContainer): YamlValue {
    if (!isInterpolation(node)) return node;
    const text = node.value;
    const again = this.#open.some((open) => open.container === container && open.text === text);
    if (again || this.#open.length >= DEEPEST) {
      throwDiagnostic('InterpolationResolutionError', 'Recursive interpolation detected', {
        ...locationDetails(node.location),
        hint: 'The value refers back to itself. Give one of the keys in the chain a literal value.',
      });
    }
    this.#open.push({ container, text });
    try {
      return this.evaluate(parsed(node), node, container);
    } finally {
      this.#open.pop();
    }
  }

  /** The value of a parsed text or element that stands in `node`. */
  evaluate(element: Element, node: YamlString, container: ConfigContainer): YamlValue {
    const inner = (part: Element): YamlValue => this.evaluate(part, node, container);
    switch (element.kind) {
      case 'constant':
        return element.value;
      case 'concat': {
        const parts = element.parts.map((part) =>
          typeof part === 'string' ? part : pythonStr(inner(part)),
        );
        return str(parts.join(''), node.location);
      }
      case 'list':
        this.#warnOfGaps(element.gaps, node);
        return { kind: 'list', items: element.items.map(inner) };
      case 'map': {
        const entries = new Dict<YamlValue>();
        for (const [key, value] of element.entries) entries.set(key, inner(value));
        return { kind: 'map', entries };
      }
      default:
        return this.#interpolation(element, node, container);
    }
  }

  #interpolation(element: Interpolation, node: YamlString, container: ConfigContainer): YamlValue {
    const location = locationWithin(node, element);
    try {
      if (element.kind === 'resolver') return this.#call(element, node, container, location);
      return this.#node(element, node, container);
    } catch (cause) {
      throw cause instanceof DiagnosticError ? interpolationError(cause, location) : cause;
    }
  }

  #node(element: NodeInterpolation, node: YamlString, container: ConfigContainer): YamlValue {
    const key = element.key.map((part) => {
      if (typeof part === 'string') return part;
      const value = this.evaluate(part, node, container);
      if (value.kind === 'str') return value.value;
      return throwDiagnostic(
        'InterpolationResolutionError',
        'The following interpolation is used to denote a config key and thus should return a ' +
          `string, but instead returned \`${pythonStr(value)}\` of type ` +
          `\`<class '${className(value)}'>\`: ${node.value.slice(part.start, part.end)}`,
      );
    });
    return selectInterpolated(key.join(''), container, this);
  }

  #call(
    { name, args }: ResolverInterpolation,
    node: YamlString,
    container: ConfigContainer,
    location: Location | undefined,
  ): YamlValue {
    const names = name.map((part) => {
      if (typeof part === 'string') return part;
      const value = this.evaluate(part, node, container);
      if (value.kind === 'str') return value.value;
      return throwDiagnostic(
        'InterpolationResolutionError',
        'The name of a resolver must be a string, but the interpolation ' +
          `${node.value.slice(part.start, part.end)} resolved to \`${pythonStr(value)}\` which ` +
          `is of type <class '${className(value)}'>`,
      );
    });
    this.#warnOfGaps(args.gaps, node);
    const values = args.items.map((item) => this.evaluate(item, node, container));
    const { resolvers } = this.surroundings;
    const resolver = resolvers.get(names.join('.'));
    if (resolver) return resolver(values, { node, container, location, resolution: this });
    const known = [...resolvers.keys()].sort().join(', ');
    return throwDiagnostic(
      'UnsupportedInterpolationType',
      `Unsupported interpolation type ${names.join('.')}`,
      { hint: `Known resolvers: ${known}` },
    );
  }

  #warnOfGaps(gaps: boolean, { value, location }: YamlString): void {
    if (!gaps) return;
    this.surroundings.warn({
      id: 'MissingElement',
      severity: 'warning',
      message: `In '${value}' some elements are missing; each counts as an empty string`,
      ...locationDetails(location),
      hint: "Write '' for an empty string.",
    });
  }
}

function parsed(node: YamlString): Element {
  try {
    return parseText(node.value);
  } catch (cause) {
    throw cause instanceof GrammarProblem ? new DiagnosticError(malformed(node, cause)) : cause;
  }
}

/** The error as OmegaConf reports it from an interpolation, with a place unless it has one. */
function interpolationError(
  cause: DiagnosticError,
  location: Location | undefined,
): DiagnosticError {
  return new DiagnosticError(
    cause.diagnostics.map((problem) => {
      const located = { ...locationDetails(location), ...problem };
      if (isException(problem.id, 'interpolation')) return located;
      const message = `${problem.id} raised while resolving interpolation: ${problem.message}`;
      return { ...located, id: 'InterpolationResolutionError', message };
    }),
  );
}

function locationDetails(location: Location | undefined): { readonly location?: Location } {
  return location ? { location } : {};
}

/**
 * Every problem that can be told of has one of these ids, and each id one meaning. They are stable:
 * people silence warnings by them and search for them.
 */

/** Exceptions that Python, OmegaConf 2.2 or Hydra 1.3 would raise, under the names of their classes. */
export const PYTHON_ERRORS = {
  AssertionError: 'an item of a defaults list that Python code does not expect',
  AttributeError: 'a value of another type than Python code takes for granted',
  ConfigAttributeError: 'a key that a config does not have and may not get',
  ConfigCompositionException: 'a config that cannot be composed from its defaults list',
  ConfigIndexError: 'an index behind the end of a list',
  ConfigKeyError: 'a key that is not there',
  ConfigTypeError: 'a mapping where a list belongs, or the other way round',
  GrammarParseError: 'an interpolation or override that does not follow the grammar',
  ImportCycle: 'defaults lists that include one another without end',
  InterpolationKeyError: 'an interpolation of a key that is not there',
  InterpolationResolutionError: 'an interpolation that has no value',
  InterpolationToMissingValueError: 'an interpolation that leads to ???',
  KeyError: 'a name that is not there, such as an environment variable',
  KeyValidationError: 'a key of a type that the mapping does not take',
  MissingConfigException: 'a config that no folder of the search path has',
  MissingMandatoryValue: 'a value that is still ???',
  OSError: 'a file that Python cannot read',
  OverrideParseException: 'an override that does not follow the grammar',
  TypeError: 'a value of the wrong type',
  UnsupportedInterpolationType: 'an interpolation with a resolver that nobody registers',
  ValidationError: 'a value that the type of its key does not take',
  ValueError: 'a value that Python refuses',
} as const;

/** What Trainyard refuses. */
export const ERRORS = {
  Arguments: 'an argument of the API that a function does not take',
  BaseConfigNotFound: 'a base config, a recipe or a file that is not there',
  Conflict: 'a key that is set from two sides',
  DuplicateKey: 'a key that a mapping has twice',
  EmptyVariable: 'a variable without values',
  ExperimentFile: 'an experiment that is named so that nothing reads it, or two in one folder',
  ExperimentNotFound: 'an experiment that is not there',
  ExperimentSchema: 'something that may not stand in an experiment.yaml, or not there',
  FileSystem: 'what the operating system refuses',
  ForeignFile: 'a file in the way that Trainyard has not written',
  LauncherSettings: 'a launcher configuration that is missing or wrong',
  NotUtf8: 'a file that is not UTF-8',
  Options: 'an option that does not exist or does not fit',
  RecipePath: 'a recipe whose path cannot be the name of a project, or that is none',
  RecipeValue: 'a value of a recipe with which no script can be made',
  ScriptCollision: 'two recipes with one script',
  ScriptFile: 'a script that cannot be read or written',
  TemplateSyntax: 'a launcher template that does not follow the grammar',
  TorchtuneNotFound: 'a torchtune installation that is not there',
  TorchtuneRegistry: 'a registry of torchtune that cannot be read',
  TorchtuneValidation: 'what torchtune refuses',
  TypeMismatch: 'a value of another kind than the base has',
  UnknownKey: 'a key that the recipe does not have',
  UnknownModelType: 'a model type that no template is for',
  UnknownPath: 'a key that leads nowhere in the base',
  UnknownPlaceholder: 'a placeholder that no value fills',
  UnknownTemplate: 'a template that the launcher configuration does not have',
  UnsafeValue: 'a value that could break out of its place in a script',
  UnwritableOverride: 'a change that no argument or script can say',
  YamlSyntax: 'a text that is not YAML',
  YamlTooLarge: 'a text that is too large or too deep',
  YamlValue: 'a scalar that its tag does not allow',
} as const;

/** What a sweep is warned of, and what `validate.silence` may name. */
export const SWEEP_WARNINGS = {
  DeprecatedKey: 'an interpolation of a key that is on its way out',
  'confounded-rank': 'a rank that varies while alpha stays, so that the scale varies too',
  'dangling-interpolation': 'an interpolation that leads to nothing in a run',
  'data-files-without-source': 'data files that nothing reads',
  'duplicate-label': 'runs with one label',
  'flat-form': 'an experiment in the form of an earlier version',
  fp16: 'half precision without loss scaling',
  'empty-mapping': 'an empty mapping, which changes nothing',
  'equal-values': 'values that Python calls equal, so that runs are equal',
  'fractional-count': 'a fraction where something is counted',
  'fused-bitsandbytes': 'an optimizer that does not know fused',
  'hydra-plugin': "an option of one of Hydra's plugins, which is not checked",
  'learning-rate-range': 'a learning rate that hardly anybody means',
  'linked-in-base': 'a value that the base has in several places, set in one of them',
  'literal-as-text': 'None, "null" or "True" as a text, where the value is probably meant',
  'many-runs': 'more runs than are quickly looked over',
  'missing-self': 'a defaults list without _self_',
  'no-output-dir': 'runs that get no folder of their own',
  'no-recipe': 'a torchtune config of which nobody can tell the recipe',
  'offloading-without-checkpointing': 'activation offloading without checkpointing',
  'optimizer-in-backward': 'optimizer_in_bwd with accumulated gradients or clipping',
  'out-of-range': 'a value with which a run fails',
  'outside-key': 'a key of the base that varies outside of the config',
  'packed-without-max-seq-len': 'packing without a maximal length',
  'placeholder-path': 'a path that still is a placeholder',
  'pyyaml-versions': 'a file that PyYAML 6.0.3 and 6.0.4 read differently',
  'rank-not-positive': 'a rank below one',
  'recorded-only': 'what is written to the manifest and has no effect yet',
  'removed-component': 'null or nothing, where the base has a component or a mapping',
  'same-fingerprint': 'runs that are equal',
  'search-path': 'a folder of the search path that is not searched',
  'several-nodes': 'a command for several nodes that nothing starts on each of them yet',
  'shared-output-dir': 'a place that several runs write to',
  'too-many-runs': 'more runs than may be generated',
  'unclear-placeholder': 'braces in a text that may be meant as a placeholder',
  'unknown-component': 'a component that does not exist',
  'unknown-device': 'a device that does not exist',
  'unknown-dtype': 'a dtype that does not exist',
  'unknown-key': 'a key that neither the base nor the trainer knows',
  'unknown-lora-module': 'a module that LoRA is not applied to',
  'unknown-resolver': 'an interpolation with a function that nobody registers',
  'unused-condition': 'a condition that never holds, or never counts',
  'unused-exclusion': 'an exclusion that excludes nothing',
  'unused-replace': 'a key under replace that nothing sets',
  'unused-sample': 'a sample that leaves nothing out',
  'unused-silence': 'a silenced warning that is not found',
  'very-many-runs': 'more runs than a queue takes kindly',
  'wrong-kind': 'a value of a kind that the trainer does not take',
  'yaml-dialect': 'a scalar that OmegaConf reads differently than YAML 1.2',
} as const;

/** What a collection of recipes is warned of. */
export const COLLECTION_WARNINGS = {
  MissingElement: 'a list in an interpolation with a gap',
  'foreign-script': 'a script beside the generated ones that Trainyard has not written',
  'ignored-recipe': 'a recipe that git or Nx ignores',
  'misnamed-recipe': 'a recipe under a name that nothing reads',
  'no-effect': 'an entry of the launcher configuration that changes nothing',
} as const;

export type PythonErrorId = keyof typeof PYTHON_ERRORS;
export type SweepWarningId = keyof typeof SWEEP_WARNINGS;
export type WarningId = SweepWarningId | keyof typeof COLLECTION_WARNINGS;
export type DiagnosticId = PythonErrorId | keyof typeof ERRORS | WarningId;

export function isSweepWarning(id: string): id is SweepWarningId {
  return Object.hasOwn(SWEEP_WARNINGS, id);
}

/** The base class of an exception, where code tells exceptions apart by it. */
type ExceptionClass =
  /** OmegaConf's InterpolationResolutionError and what it is the base of. */
  | 'interpolation'
  /** Of these, the one for what only Python could resolve. */
  | 'unknown resolver'
  /** KeyErrors and AttributeErrors of configs. */
  | 'unknown key'
  /** Hydra's own, and what Hydra lets pass as it is. */
  | 'passed on by Hydra';

const CLASSES: Partial<Record<DiagnosticId, readonly ExceptionClass[]>> = {
  InterpolationResolutionError: ['interpolation'],
  InterpolationKeyError: ['interpolation'],
  InterpolationToMissingValueError: ['interpolation'],
  UnsupportedInterpolationType: ['interpolation', 'unknown resolver'],
  ConfigAttributeError: ['unknown key'],
  ConfigKeyError: ['unknown key'],
  ConfigCompositionException: ['passed on by Hydra'],
  TypeError: ['passed on by Hydra'],
  ValueError: ['passed on by Hydra'],
};

/** `isinstance` for the exceptions that ids stand for. */
export function isException(id: DiagnosticId, of: ExceptionClass): boolean {
  return CLASSES[id]?.includes(of) ?? false;
}

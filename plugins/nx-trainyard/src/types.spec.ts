import { join } from 'node:path';
import ts from 'typescript';

const CONFIG = join(__dirname, '../tsconfig.lib.json');
const { error, config } = ts.readConfigFile(CONFIG, ts.sys.readFile) as {
  error?: unknown;
  config: object;
};
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, join(__dirname, '..'));
const program = ts.createProgram([join(__dirname, 'index.ts')], options);
const checker = program.getTypeChecker();

const isOurs = (symbol: ts.Symbol): boolean =>
  symbol.declarations?.[0]?.getSourceFile().fileName.startsWith(__dirname) ?? false;

function exportsOf(file: string): Map<ts.Symbol, string> {
  const source = program.getSourceFile(join(__dirname, file));
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${file} exports nothing`);
  return new Map(
    checker.getExportsOfModule(module).map((symbol) => {
      const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
      return [isAlias ? checker.getAliasedSymbol(symbol) : symbol, symbol.name];
    }),
  );
}

/** All named types of this package that a type leads to, each with the way there. */
class Walk {
  readonly named = new Map<ts.Symbol, string>();
  readonly #seen = new Set<ts.Type>();

  visit(type: ts.Type, way: string): void {
    if (this.#seen.has(type)) return;
    this.#seen.add(type);
    const symbol = type.aliasSymbol ?? type.getSymbol();
    const types = ts.SymbolFlags.TypeAlias | ts.SymbolFlags.Interface | ts.SymbolFlags.Class;
    if (symbol && symbol.flags & types && isOurs(symbol) && !this.named.has(symbol)) {
      this.named.set(symbol, way);
    }
    for (const argument of type.aliasTypeArguments ?? []) this.visit(argument, way);
    if (type.isUnionOrIntersection()) for (const part of type.types) this.visit(part, way);
    if (type.flags & ts.TypeFlags.Object) this.#visitObject(type as ts.ObjectType, way);
  }

  #visitObject(type: ts.ObjectType, way: string): void {
    if (type.objectFlags & ts.ObjectFlags.Reference) {
      const [...parts] = checker.getTypeArguments(type as ts.TypeReference);
      for (const part of parts) this.visit(part, way);
    }
    const symbol = type.getSymbol();
    if (symbol && !isOurs(symbol)) return;
    if (type.isClassOrInterface()) {
      for (const base of checker.getBaseTypes(type)) this.visit(base, way);
    }
    for (const property of checker.getPropertiesOfType(type)) {
      const declared = property.valueDeclaration as ts.NamedDeclaration | undefined;
      if (declared?.name && ts.isPrivateIdentifier(declared.name)) continue;
      this.visit(checker.getTypeOfSymbol(property), `${way}.${property.name}`);
    }
    for (const call of type.getCallSignatures()) {
      this.visit(call.getReturnType(), `${way}()`);
      for (const parameter of call.getParameters()) {
        this.visit(checker.getTypeOfSymbol(parameter), `${way}(${parameter.name})`);
      }
    }
    for (const { type: value } of checker.getIndexInfosOfType(type)) this.visit(value, way);
  }
}

test('whatever the API takes or returns, at any depth, has a type that a program can import', () => {
  expect(error).toBeUndefined();
  const exported = exportsOf('index.ts');
  const walk = new Walk();
  for (const [symbol, name] of exported) {
    const isValue = symbol.flags & (ts.SymbolFlags.Function | ts.SymbolFlags.Variable);
    const type = isValue
      ? checker.getTypeOfSymbol(symbol)
      : checker.getDeclaredTypeOfSymbol(symbol);
    walk.visit(type, name);
  }
  expect(walk.named.size).toBeGreaterThan(30);
  const hidden = [...walk.named].filter(([symbol]) => !exported.has(symbol));
  expect(hidden.map(([{ name }, way]) => `${name}: ${way}`)).toEqual([]);
  const names = [...exported.values()];
  expect(names).toEqual(expect.arrayContaining(['Composition', 'Experiment', 'Run', 'SweepPlan']));
});

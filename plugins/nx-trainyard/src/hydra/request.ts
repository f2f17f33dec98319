import type { ConfigFinder } from './config-files/config-repository';
import type { SearchPackages } from './config-files/search-packages';
import type { ResolveContext } from './interpolation/interpolation';

export interface ComposeRequest {
  /** Folder of the primary config, absolute. */
  readonly configDir: string;
  /** The primary config, with or without `.yaml`. */
  readonly configName: string;
  /** Further folders, absolute or `file://…`; they replace the primary's own `hydra.searchpath`. */
  readonly searchPath?: readonly string[];
  /** Folders of the Python packages that search paths name: `{conf: 'src/conf'}` for `pkg://conf`. */
  readonly searchPackages?: SearchPackages;
  /** Command-line overrides: `group=option`, `key=value`, `+key=value`, `~key`, … */
  readonly overrides?: readonly string[];
}

/** A request with folders that are searched before the search path, whatever that is. */
export interface SearchedRequest extends ComposeRequest {
  readonly searchedFirst?: readonly string[];
}

/** Where a composition gets what is not in its request. */
export interface ComposeContext {
  readonly files: ConfigFinder;
  readonly env: ResolveContext['env'];
  /** Folder that a relative search path starts from. */
  readonly cwd: string;
  /** For requests that give none. */
  readonly searchPackages?: SearchPackages;
}

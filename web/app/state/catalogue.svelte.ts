// Which models this site has: a model is added to the page by adding it to the manifest.

export interface CatalogueEntry {
  id: string;
  task: string;
  /** Of a translator: from, to. */
  languages: readonly string[];
  /** What a model that knows one thing alone knows: "numbers". */
  domain?: string;
}

export class Catalogue {
  models = $state.raw<readonly CatalogueEntry[]>([]);
  /** The manifest was read, or cannot be. */
  isSettled = $state(false);

  /** A manifest that cannot be read leaves the catalogue empty: loading a model then says why. */
  async load(url: string): Promise<void> {
    try {
      const response = await fetch(url);
      this.models = entriesOf(await response.json());
    } catch {
      this.models = [];
    } finally {
      this.isSettled = true;
    }
  }

  has(id: string): boolean {
    return this.models.some((model) => model.id === id);
  }

  translators(): CatalogueEntry[] {
    return this.models.filter(
      ({ task, languages }) => task === kTranslates && languages.length === 2,
    );
  }

  writers(): CatalogueEntry[] {
    return this.models.filter(({ task }) => task === kWrites);
  }
}

const kTranslates = "translation";
const kWrites = "text-generation";

function entriesOf(manifest: unknown): CatalogueEntry[] {
  const { models } = manifest as { models: CatalogueEntry[] };
  return models.map(({ id, task, languages, domain }) => ({
    ...{ id, task, languages: languages ?? [] },
    ...(domain !== undefined && { domain }),
  }));
}

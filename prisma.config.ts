import { fileURLToPath } from 'node:url'
import { defineConfig } from 'prisma/config'

// Any existing path keeps the command line, even `generate`, from downloading the native engine; ours exits 1
// and says what to use.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(
  new URL('./scripts/no-schema-engine', import.meta.url),
)
process.env.CHECKPOINT_DISABLE ??= '1'

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://unused' },
})

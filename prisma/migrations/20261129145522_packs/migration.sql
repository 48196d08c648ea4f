-- CreateTable
CREATE TABLE "pack" (
    "id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "former" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "since" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3),

    CONSTRAINT "pack_pkey" PRIMARY KEY ("id")
);

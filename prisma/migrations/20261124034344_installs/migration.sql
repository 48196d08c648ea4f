-- CreateTable
CREATE TABLE "install" (
    "workspace_id" INTEGER NOT NULL,
    "token" TEXT NOT NULL,
    "installer" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "install_pkey" PRIMARY KEY ("workspace_id")
);

-- AddForeignKey
ALTER TABLE "install" ADD CONSTRAINT "install_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

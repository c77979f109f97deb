using System.CommandLine;

namespace Standstill.Cli.Commands.Compute;

/// <summary>`standstill compute reconcile`: what is declared against what must be there.</summary>
internal static class ReconcileCommand
{
    public static Command Make() => new("reconcile", "What is declared against what must be there: runs, the world's accelerators, a ledger")
    {
        ReconcileRunsCommand.Make(),
        ReconcileWorldCommand.Make(),
        ReconcileLedgerCommand.Make(),
    };
}

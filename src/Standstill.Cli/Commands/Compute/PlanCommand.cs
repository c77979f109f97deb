using System.CommandLine;

namespace Standstill.Cli.Commands.Compute;

/// <summary>`standstill compute plan`: how much an inspector must look at.</summary>
internal static class PlanCommand
{
    public static Command Make() => new("plan", "How much an inspector must look at, so that a diversion of a stated size is found")
    {
        PlanSampleCommand.Make(),
        PlanStrataCommand.Make(),
        PlanLevelsCommand.Make(),
        PlanSnapshotsCommand.Make(),
    };
}

using System.CommandLine;

namespace Standstill.Cli.Commands.Compute;

/// <summary>`standstill compute`: balances, inspections, and what could still be hidden.</summary>
internal static class ComputeCommand
{
    public static Command Make() => new("compute", "Balances of compute, inspections, and what could still be hidden")
    {
        BalanceCommand.Make(),
        PlanCommand.Make(),
        SimulateCommand.Make(),
        AssuranceCommand.Make(),
        ReconcileCommand.Make(),
        ChallengeCommand.Make(),
        VerifyCommand.Make(),
        SerialsCommand.Make(),
        RentalsCommand.Make(),
        AcceleratorsCommand.Make(),
        LiveCommand.Make(),
    };
}

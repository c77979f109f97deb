using System.CommandLine;

namespace Standstill.Cli.Commands.Capability;

/// <summary>`standstill capability`: horizons, trends and forecasts, offline.</summary>
internal static class CapabilityCommand
{
    public static Command Make() => new("capability", "Time horizons from evaluation runs, their trend, and how far to trust a forecast")
    {
        FitCommand.Make(),
        TrendCommand.Make(),
        ForecastCommand.Make(),
        MultiverseCommand.Make(),
        BacktestCommand.Make(),
        CompareCommand.Make(),
        IndexCommand.Make(),
        IndicatorsCommand.Make(),
        StatementCommand.Make(),
        RecomputeCommand.Make(),
    };
}

using System.CommandLine;
using Standstill.Meter;
using Standstill.Meter.Intake;

namespace Standstill.Cli.Commands.Meters;

/// <summary>`standstill meter`: the agent that runs where the accelerators are.</summary>
internal static class MeterCommand
{
    public static Command Make() => new("meter", "The agent at a facility: takes telemetry, keeps it, closes balance periods, answers challenges")
    {
        RunCommand.Make(),
        CheckCommand.Make(),
        OpenCommand.Make(),
        UseCommand.Make(),
    };

    public static Option<string> Settings() => new("--settings") { Description = "The settings, a JSON file", DefaultValueFactory = _ => "meter.json" };

    /// <summary>The settings in a file.</summary>
    /// <exception cref="RefusedException">They are not good.</exception>
    public static MeterSettings Read(string file)
    {
        var read = MeterSettingsFile.Read(Inputs.Read(file));
        return read.Value ?? throw new RefusedException([.. read.Faults.Select(f => $"`{file}`: {f}")]);
    }
}

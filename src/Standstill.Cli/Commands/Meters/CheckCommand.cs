using System.CommandLine;
using System.Text.Json.Nodes;
using Standstill.Meter.Dcgm;

namespace Standstill.Cli.Commands.Meters;

/// <summary>`standstill meter check`: whether settings and an exporter's profile are good, and what is missing.</summary>
internal static class CheckCommand
{
    public static Command Make()
    {
        var settings = new Option<string?>("--settings") { Description = "The meter's settings, a JSON file" };
        var profile = new Option<string?>("--profile") { Description = "The counters that dcgm-exporter is told to give, its CSV file" };
        var json = Inputs.Json();
        var command = new Command("check", """
            Check a meter's settings, and what an exporter's profile lacks and costs

            Exit status 1 where the settings are not good or a quantity is missing.

            Examples:
              standstill meter check --settings meter.json
              standstill meter check --profile default-counters.csv
            """) { settings, profile, json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(settings) is null && parsed.GetValue(profile) is null)
            {
                throw new UsageException("nothing to check: give --settings, --profile, or both");
            }

            var document = new JsonObject();
            if (parsed.GetValue(settings) is { } file)
            {
                var read = MeterCommand.Read(file);
                document["areas"] = new JsonArray([.. read.Areas.Select(a => JsonValue.Create(a.Area))]);
                Say($"good: meter of {read.Party}, facility {read.Facility}, {read.Areas.Length} areas, listens on {read.Listen}");
            }

            var missing = parsed.GetValue(profile) is { } csv ? CounterProfile.Read(Inputs.ReadText(csv)) is var counters ? counters.Missing : [] : [];
            foreach (var quantity in missing)
            {
                Say($"missing  {quantity.Name}: {quantity.Cost}; {quantity.Remedy}");
            }

            if (parsed.GetValue(profile) is not null && missing.IsEmpty)
            {
                Say("good: the profile gives everything that the meter takes");
            }

            document["missing"] = new JsonArray([.. missing.Select(m => new JsonObject { ["quantity"] = m.Name, ["cost"] = m.Cost, ["remedy"] = m.Remedy })]);
            if (parsed.GetValue(json))
            {
                Output.Json(document);
            }

            return missing.IsEmpty ? Exit.Good : Exit.Refused;

            void Say(string line)
            {
                if (!parsed.GetValue(json))
                {
                    Output.Line(line);
                }
            }
        });
        return command;
    }
}

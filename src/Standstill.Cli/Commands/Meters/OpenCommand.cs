using System.CommandLine;
using Standstill.Meter.Closing;
using Standstill.Protocol.Inspections;

namespace Standstill.Cli.Commands.Meters;

/// <summary>`standstill meter open`: opens what a challenge drew, without a node.</summary>
internal static class OpenCommand
{
    public static Command Make()
    {
        var settings = MeterCommand.Settings();
        var file = new Argument<string>("challenge") { Description = "The challenge, a JSON file that `standstill compute verify --write-challenge` wrote" };
        var command = new Command("open", """
            Write the opening of a challenge: the drawn chunks, with what proves that the digest contains them

            A meter that runs with --node does this by itself.

            Example:
              standstill meter open spring-1.json --settings meter.json
            """) { file, settings };
        command.SetAction(parsed =>
        {
            var read = MeterCommand.Read(parsed.GetValue(settings)!);
            var challenge = Challenge.Read(Inputs.Read(parsed.GetValue(file)!));
            if (!challenge.IsGood)
            {
                throw new RefusedException([.. challenge.Faults.Select(f => $"`{parsed.GetValue(file)}`: {f}")]);
            }

            var (archive, digest) = MeterVoice.Write(new ClosedPeriods(read.Data, read.Facility), challenge.Value, read.Data);
            Output.Line($"written to `{archive}`, SHA-256 {digest}");
            return Exit.Good;
        });
        return command;
    }
}

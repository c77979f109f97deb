using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Standstill.Protocol;
using Standstill.Protocol.Statements;

namespace Standstill.Cli.Commands;

/// <summary>`standstill confidential`: values behind salted commitments.</summary>
internal static class ConfidentialCommand
{
    public static Command Make() => new("confidential", "Values that stand on the ledger as salted commitments only") { Seal(), Check() };

    private static Command Seal()
    {
        var value = new Argument<string>("file") { Description = "A UTF-8 file with the value, `-` for standard input" };
        var json = Inputs.Json();
        var command = new Command("seal", """
            Make a commitment to a value, with a fresh random salt; keep the salt as secret as the value

            Example:
              printf '40.1 N, 3.2 W' | standstill confidential seal -
            """) { value, json };
        command.SetAction(parsed =>
        {
            var salt = RandomNumberGenerator.GetBytes(SaltedCommitment.SaltBytes);
            var commitment = SaltedCommitment.Make(salt, Inputs.ReadText(parsed.GetValue(value)!));
            if (parsed.GetValue(json))
            {
                Output.Json(new JsonObject { ["commitment"] = commitment.Hex, ["salt"] = Convert.ToHexStringLower(salt) });
            }
            else
            {
                Output.Line($"commitment {commitment}");
                Output.Line($"salt       {Convert.ToHexStringLower(salt)}");
            }

            return Exit.Good;
        });
        return command;
    }

    private static Command Check()
    {
        var commitment = new Argument<string>("commitment") { Description = "As it stands on the ledger, 64 hexadecimal digits" };
        var salt = new Option<string>("--salt") { Description = "The salt, 64 hexadecimal digits", Required = true };
        var value = new Option<string>("--value") { Description = "A UTF-8 file with the value, `-` for standard input", Required = true };
        var json = Inputs.Json();
        var command = new Command("check", """
            Check that salt and value open a commitment; exit status 1 when they do not

            Example:
              printf '40.1 N, 3.2 W' | standstill confidential check 5f1c… --salt 09aa… --value -
            """) { commitment, salt, value, json };
        command.SetAction(parsed =>
        {
            if (!Digest.TryParse(parsed.GetValue(commitment), out var digest) || !Digest.TryParse(parsed.GetValue(salt), out var bytes))
            {
                throw new UsageException("commitment and salt are 64 lower-case hexadecimal digits each");
            }

            var opens = SaltedCommitment.Opens(digest, bytes.ToBytes(), Inputs.ReadText(parsed.GetValue(value)!));
            if (parsed.GetValue(json))
            {
                Output.Json(new JsonObject { ["opens"] = opens });
            }
            else
            {
                Output.Line(opens ? "good: salt and value open the commitment" : "salt and value do not open the commitment");
            }

            return opens ? Exit.Good : Exit.Refused;
        });
        return command;
    }
}

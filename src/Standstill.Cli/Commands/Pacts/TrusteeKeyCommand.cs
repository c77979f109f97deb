using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Standstill.Node;
using Standstill.Protocol.Pacts.Sealing;

namespace Standstill.Cli.Commands.Pacts;

/// <summary>`standstill pact trustee-key`: makes the key pair that shares of sealed commitments are encrypted to.</summary>
internal static class TrusteeKeyCommand
{
    public static Command Make()
    {
        var file = new Argument<string>("file") { Description = "Where to write the private key; must not be there yet" };
        var json = Inputs.Json();
        var command = new Command("trustee-key", """
            Make the X25519 key pair of a trustee and print the public key

            Put the public key on record with a `trustee-key` statement. Whoever reads the private key reads the
            trustee's shares, of what has been sealed already too; who loses it loses them.

            Example:
              standstill pact trustee-key trustee.key
            """) { file, json };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(file)!;
            if (File.Exists(path))
            {
                throw new UsageException($"`{path}` is there already, and a key is never written over; choose another name");
            }

            var secret = TrusteeSecret.FromBytes(RandomNumberGenerator.GetBytes(32));
            KeyFile.Write(path, secret.ExportText());
            if (parsed.GetValue(json))
            {
                Output.Json(new JsonObject { ["key"] = secret.PublicKey.Text, ["file"] = path });
            }
            else
            {
                Output.Line(secret.PublicKey.Text);
            }

            return Exit.Good;
        });
        return command;
    }
}

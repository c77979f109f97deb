using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Standstill.Node;
using Standstill.Protocol;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Cli.Commands;

/// <summary>`standstill keygen`: makes a key pair.</summary>
internal static class KeygenCommand
{
    public static Command Make()
    {
        var file = new Argument<string>("file") { Description = "Where to write the private key; must not be there yet" };
        var registry = new Option<string?>("--registry") { Description = "With --party: also print the proof that a `role-key` or `key-rotated` statement needs" };
        var party = new Option<string?>("--party") { Description = "The party that the key is for" };
        var json = Inputs.Json();
        var command = new Command("keygen", """
            Make an Ed25519 key pair and print the public key

            Examples:
              standstill keygen root.key
              standstill keygen role.key --party my-lab --registry 6e34…   (prints `proof` too)
            """) { file, registry, party, json };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(file)!;
            if (File.Exists(path))
            {
                throw new UsageException($"`{path}` is there already, and a key is never written over; choose another name");
            }

            using var signer = PartySigner.FromSeed(RandomNumberGenerator.GetBytes(32));
            var proof = Proof(parsed.GetValue(registry), parsed.GetValue(party), signer);
            KeyFile.Write(path, signer.ExportText());
            if (parsed.GetValue(json))
            {
                Output.Json(new JsonObject { ["key"] = signer.PublicKey.Text, ["file"] = path, ["proof"] = proof });
            }
            else
            {
                Output.Line(signer.PublicKey.Text);
                if (proof is not null)
                {
                    Output.Line("proof " + proof);
                }
            }

            return Exit.Good;
        });
        return command;
    }

    private static string? Proof(string? registry, string? party, PartySigner signer)
    {
        if (registry is null && party is null)
        {
            return null;
        }

        if (party is null || !Digest.TryParse(registry, out var digest))
        {
            throw new UsageException("a proof needs both --party and --registry, the latter 64 hexadecimal digits");
        }

        return KeyProof.Make(digest, Inputs.ParseParty(party), signer);
    }
}

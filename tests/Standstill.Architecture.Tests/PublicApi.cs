using System.Reflection;
using PublicApiGenerator;

namespace Standstill.Architecture.Tests;

/// <summary>The public surface of the libraries, held against an approved text.</summary>
public sealed class PublicApi
{
    [Theory]
    [InlineData("Standstill.Ledger")]
    [InlineData("Standstill.Measurement")]
    [InlineData("Standstill.Protocol")]
    [InlineData("Standstill.Audit")]
    public void The_public_surface_is_the_approved_one(string project)
    {
        var surface = Assembly.Load(project).GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }).ReplaceLineEndings("\n").Trim() + "\n";
        var file = Path.Combine(AppContext.BaseDirectory, "approved", project + ".txt");
        var approved = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        if (surface != approved)
        {
            File.WriteAllText(Path.Combine(AppContext.BaseDirectory, project + ".received.txt"), surface);
        }

        Assert.True(surface == approved, $"the public surface of {project} has changed; if that is meant, copy {project}.received.txt from {AppContext.BaseDirectory} over approved/{project}.txt");
    }
}

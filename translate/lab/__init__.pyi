# What the laboratory offers, by the room that it lives in. A name is imported when it is first used.

# Tracing: what was every quantity at every step?
# Editing: what if one of them had been another?
from .editing.counterfactual import edit as edit
from .editing.counterfactual import forced as forced
from .editing.edit import Edit as Edit
from .editing.network import EditedNetwork as EditedNetwork
from .editing.network import Edits as Edits
from .editing.operations import Affine as Affine
from .editing.operations import Clamp as Clamp
from .editing.operations import From as From
from .editing.operations import InSubspace as InSubspace
from .editing.operations import Mean as Mean
from .editing.operations import Noise as Noise
from .editing.operations import Resample as Resample
from .editing.operations import Scale as Scale
from .editing.operations import Set as Set
from .editing.operations import Zero as Zero
from .probes.fitting import fit_readout as fit_readout

# Probes: can it be read?
from .probes.probe import Probe as Probe
from .probes.probe import Probes as Probes
from .probes.probe import fit_probe as fit_probe
from .probes.probe import fit_probes as fit_probes
from .probes.readout import Readout as Readout
from .probes.readout import readout_of as readout_of

# Statistics: how sure is a number?
from .statistics.estimate import Estimate as Estimate
from .tracing.jacobian import Chain as Chain
from .tracing.ledger import Entry as Entry
from .tracing.ledger import Ledger as Ledger
from .tracing.ledger import who_wrote as who_wrote
from .tracing.recorder import Recorder as Recorder
from .tracing.run import module_trace as module_trace
from .tracing.run import trace as trace
from .tracing.site import Site as Site
from .tracing.trace import Trace as Trace

# The whole report.
from .verdicts.probing import make_setup as make_setup
from .verdicts.probing import probe as probe
from .verdicts.results import Results as Results

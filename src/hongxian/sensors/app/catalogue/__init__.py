"""Catalogues of sensor ``app``: what calls read PI, what the platform calls back, who packs.

Each list is a TOML beside its loader; every row names its source.
"""

from hongxian.sensors.app.catalogue.apis import Api, apis_of, load_apis
from hongxian.sensors.app.catalogue.permissions_used import PermissionUse
from hongxian.sensors.app.catalogue.whole import Catalogue, load_catalogue

__all__ = ["Api", "Catalogue", "PermissionUse", "apis_of", "load_apis", "load_catalogue"]
